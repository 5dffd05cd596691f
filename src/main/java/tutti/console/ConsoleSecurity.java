package tutti.console;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AutoApplySession;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Whoever asks for a page of the console without being known as an operator is led to the login, and nothing of the request is
 * kept: anybody may knock, as often and with as much as they like. The mechanisms that the container brings would keep all of
 * it, in a session for each knock, to repeat it after a login. Here a session begins with the right password.
 */
@ApplicationScoped
@AutoApplySession
@DeclareRoles(ConsoleSecurity.OPERATOR)
public class ConsoleSecurity implements HttpAuthenticationMechanism {
    static final String OPERATOR = "operator";

    @Inject
    private IdentityStoreHandler operators;

    /** Asked for each request that has no operator's session, and by the {@link LoginPage} with what was typed there. */
    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        var credential = context.getAuthParameters().getCredential();
        if (credential != null) {
            return context.notifyContainerAboutLogin(operators.validate(credential));
        }
        return context.isProtected()
                ? context.redirect(request.getContextPath() + ConsoleAddress.LOGIN)
                : context.doNothing();
    }
}
