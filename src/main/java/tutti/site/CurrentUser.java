package tutti.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import tutti.photo.ContributorId;

/** Whoever sent the request of now, as {@link UserCookie} recognised them. */
@RequestScoped
public class CurrentUser {

    @Inject
    HttpServletRequest request;

    public ContributorId id() {
        if (request.getAttribute(UserCookie.ATTRIBUTE) instanceof ContributorId id) {
            return id;
        }
        throw new IllegalStateException("no user belongs to requests for " + request.getRequestURI());
    }
}
