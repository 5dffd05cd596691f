package tutti.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import tutti.event.EventId;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;

/** What has been published, for everyone. */
@Path("/published")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PublishedResource {

    private static final int PAGE_MAX = 100;

    @Inject
    private EventDesk desk;

    @Inject
    private CurrentUser user;

    @GET
    public String published(
            @QueryParam("limit") @DefaultValue("20") String limit, @QueryParam("before") String before) {
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > PAGE_MAX) {
            throw Problem.invalid("limit", "Ask for 1 to " + PAGE_MAX + " at a time.");
        }
        if (before != null && !EventId.isEventId(before)) {
            throw Problem.invalid("before", "This has to be the id of the last event seen.");
        }
        var from = Optional.ofNullable(before).map(EventId::new);
        return Views.array(desk.published(from, Integer.parseInt(limit), user.id()), Views::event)
                .toString();
    }
}
