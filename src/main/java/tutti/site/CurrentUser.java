package tutti.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tutti.photo.ContributorId;

/** Whoever sent the request of now, as {@link UserCookie} recognised them. */
@RequestScoped
public class CurrentUser {

    @Inject
    HttpServletRequest request;

    public ContributorId id() {
        return of(request)
                .orElseThrow(
                        () -> new IllegalStateException("no user belongs to requests for " + request.getRequestURI()));
    }

    /** Nobody for requests that {@link UserCookie} leaves alone. */
    static Optional<ContributorId> of(HttpServletRequest request) {
        return Optional.ofNullable((ContributorId) request.getAttribute(UserCookie.ATTRIBUTE));
    }
}
