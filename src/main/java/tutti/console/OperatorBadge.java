package tutti.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import tutti.site.SiteConfig;

/** Who looks at the console, at which site, until they leave. */
@Named("operator")
@RequestScoped
public class OperatorBadge {

    @Inject
    private SiteConfig config;

    @Inject
    private HttpServletRequest request;

    public String getName() {
        return request.getRemoteUser();
    }

    public String getSite() {
        return config.self().name();
    }

    public void leave() throws IOException, ServletException {
        request.logout();
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        FacesContext.getCurrentInstance()
                .getExternalContext()
                .redirect(request.getContextPath() + ConsoleAddress.LOGIN);
    }
}
