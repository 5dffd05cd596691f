package tutti.console;

import static jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters.withParams;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.journal.AuditLog;
import tutti.journal.StorageUnavailable;
import tutti.site.ClientAddress;

/** Where operators say who they are. */
@Named
@RequestScoped
public class LoginPage {
    private static final Logger LOG = Logger.getLogger(LoginPage.class.getName());
    private static final int NAME_MOST = 40;

    @Inject
    private SecurityContext security;

    @Inject
    private LoginThrottle throttle;

    @Inject
    private ClientAddress addresses;

    @Inject
    private AuditLog audit;

    @Inject
    private HttpServletRequest request;

    private String name = "";
    private String password = "";
    private String notice = "";

    public void enter() throws IOException {
        if (name.isBlank() || name.strip().length() > NAME_MOST || name.chars().anyMatch(Character::isISOControl)) {
            notice = "Please give a name of at most " + NAME_MOST + " letters.";
        } else if (!isAdmitted()) {
            notice = "Too many attempts. Please wait a minute, and try again.";
            LOG.log(Level.WARNING, "TUTTI071 login refused for a while at address={0}", addresses.of(request));
        } else {
            authenticate();
        }
    }

    /** Whoever is at the machine itself gets in also while others use up all attempts that come from elsewhere. */
    private boolean isAdmitted() {
        return addresses.isThisMachine(request) ? throttle.admitsThisMachine() : throttle.admits(addresses.of(request));
    }

    private void authenticate() throws IOException {
        var faces = FacesContext.getCurrentInstance();
        var before = request.getSession(false);
        if (before != null) {
            before.invalidate(); // whoever has set it is not let in with it
        }
        security.authenticate(
                request,
                (HttpServletResponse) faces.getExternalContext().getResponse(),
                withParams()
                        .credential(new UsernamePasswordCredential(name.strip(), password))
                        .newAuthentication(true));
        var known = security.isCallerInRole(ConsoleSecurity.OPERATOR);
        LOG.log(Level.INFO, "TUTTI070 login address={0} known={1}", new Object[] {addresses.of(request), known});
        remember(known);
        if (known) {
            faces.getExternalContext().redirect(request.getContextPath() + ConsoleAddress.SITES);
        } else {
            notice = "That is not the password.";
        }
    }

    /** Whoever looks after a site whose database is away has to get in as well. */
    private void remember(boolean known) {
        try {
            audit.add(name.strip(), addresses.of(request), "log in", known ? "" : "refused: not the password");
        } catch (StorageUnavailable e) {
            LOG.log(Level.WARNING, "TUTTI072 a login is not in the audit log: {0}", e.why());
        }
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    /** Never shown again. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password == null ? "" : password;
    }

    public String getNotice() {
        return notice;
    }
}
