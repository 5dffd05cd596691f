package tutti.console;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.CustomFormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;

/** Whoever asks for a page of the console without being known as an operator is asked for the password first. */
@ApplicationScoped
@DeclareRoles(ConsoleSecurity.OPERATOR)
@CustomFormAuthenticationMechanismDefinition(
        loginToContinue = @LoginToContinue(loginPage = ConsoleAddress.LOGIN, errorPage = "", useForwardToLogin = false))
public class ConsoleSecurity {
    static final String OPERATOR = "operator";
}
