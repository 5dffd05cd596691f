package tutti.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;
import tutti.site.SiteConfig;

/** Those who know the one password of the cluster's operators; the name is what they call themselves in the audit log. */
@ApplicationScoped
public class Operators implements IdentityStore {

    @Inject
    private SiteConfig config;

    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        return config.operatorPassword().matches(credential.getPasswordAsString())
                ? new CredentialValidationResult(credential.getCaller(), Set.of(ConsoleSecurity.OPERATOR))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
