package tutti.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.Shown;

/** Events: creating, looking, taking back what was created, published or given. */
@Path("/events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {

    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    @Inject
    private EventDesk desk;

    @Inject
    private CurrentUser user;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create an event", description = "201: every site has it. 202: it goes on by itself.")
    @RequestBody(
            description =
                    "Only a title is needed. The layout is mosaic, rows, grid or one-big; the background paper, white,"
                            + " stone, pine or night. The text line is painted below the photos, and the date beside it.",
            content =
                    @Content(
                            example =
                                    """
                                    {"title": "Summer", "description": "", "maxContributors": 10, "votingSeconds": 90,
                                     "layout": "mosaic", "background": "paper", "textLine": "", "date": "2026-07-18"}
                                    """))
    public Response create(String body) {
        var view = desk.create(user.id(), Wishes.event(body));
        var status = view.status() == EventView.Status.CREATING ? ACCEPTED : CREATED;
        return Response.status(status)
                .location(URI.create(ApiApplication.PATH + "/events/" + view.id()))
                .entity(Views.event(view).toString())
                .build();
    }

    @GET
    @Path("/{event}")
    public String event(@PathParam("event") String event) {
        return desk.view(Ids.event(event), user.id())
                .map(view -> Views.event(view).toString())
                .orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND));
    }

    /** What everyone has said yes to is hidden again, by the wish of one. */
    @DELETE
    @Path("/{event}/publication")
    public Response takeDown(@PathParam("event") String event) {
        return done(desk.takeDown(Ids.event(event), user.id()));
    }

    /** Everything that the user has given to the event goes, for good. */
    @DELETE
    @Path("/{event}/contributors/me")
    @Operation(
            summary = "Erase one's data",
            description =
                    "Names, captions and photos of this user go at all sites: photos leave the montage first, and a"
                            + " published montage is taken down. It cannot be undone, and the user cannot come back to the event."
                            + " 204: done. 202: it goes on by itself, as soon as all sites can be reached. 409 voting-in-progress"
                            + " while a ballot is about the user's photos: a reject ends it. Repeating is safe.")
    public Response erase(@PathParam("event") String event) {
        return done(desk.erase(Ids.event(event), user.id()));
    }

    @DELETE
    @Path("/{event}")
    public Response cancel(@PathParam("event") String event) {
        desk.cancel(Ids.event(event), user.id()).ifPresent(refusal -> {
            throw Problem.of(refusal);
        });
        return Response.noContent().build();
    }

    private static Response done(Shown<Boolean> everywhere) {
        everywhere.refusal().ifPresent(refusal -> {
            throw Problem.of(refusal);
        });
        return Response.status(everywhere.value() ? NO_CONTENT : ACCEPTED).build();
    }
}
