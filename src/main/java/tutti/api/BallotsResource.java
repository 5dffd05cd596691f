package tutti.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import tutti.event.EventId;
import tutti.event.Refusal;
import tutti.journal.JsonText;
import tutti.montage.Digest;
import tutti.replica.VoteAnswer;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;

/** The ballots of an event, and the votes in them. */
@Path("/events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BallotsResource {

    private static final int CREATED = 201;
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9a-f]{64})\"");

    @Inject
    private EventDesk desk;

    @Inject
    private CurrentUser user;

    @PathParam("event")
    private String event;

    @POST
    @Path("/{event}/votes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Vote on the montage",
            description =
                    "Where If-Match has its digest. 201: stored; 200: the same vote again. 421: the vote is taken at this"
                            + " user's home, the site of the first photo; the answer names it (home) and the event's page"
                            + " there (url). The same cookie is the same user at all sites; browsers keep one for each host,"
                            + " and their pages take the user along.")
    public Response vote(String body, @HeaderParam("If-Match") String ifMatch) {
        var id = Ids.event(event);
        var view = view(id);
        var wish = Wishes.vote(body);
        var digest = digest(ifMatch);
        var answer = desk.vote(id, user.id(), wish.choice(), wish.ballot(), digest);
        answer.refusal().ifPresent(refusal -> {
            throw Problem.of(refusal, members(refusal, view(id)));
        });
        var status = answer instanceof VoteAnswer.Stored ? CREATED : Response.Status.OK.getStatusCode();
        var stored = JsonText.object()
                .add("choice", wish.choice().name().toLowerCase(Locale.ROOT))
                .add("ballot", wish.ballot())
                .add("digest", digest.hex())
                .add("site", view.site().name())
                .build();
        return Response.status(status).entity(stored.toString()).build();
    }

    private EventView view(EventId id) {
        return desk.view(id, user.id()).orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND));
    }

    private static Digest digest(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(ProblemKind.VERSION_REQUIRED);
        }
        var tag = ENTITY_TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.invalid("If-Match", "If-Match has to be the montage's digest in double quotes.");
        }
        return new Digest(tag.group(1));
    }

    private JsonObjectBuilder members(Refusal refusal, EventView view) {
        var members = JsonText.object();
        switch (refusal) {
            case BALLOT_OVER, BALLOT_UNKNOWN -> members.add("ballotNumber", view.ballotNumber());
            case SUPERSEDED -> members.add("version", Views.event(view).getJsonObject("version"));
            case WRONG_SITE ->
                view.you().home().ifPresent(home -> members.add("home", home.name())
                        .add("url", desk.urlAt(home, view.id())));
            default -> {}
        }
        return members;
    }

    @GET
    @Path("/{event}/ballots")
    public String ballots() {
        var id = Ids.event(event);
        return desk.ballots(id, user.id())
                .map(ballots -> Views.array(ballots, Views::ballot).toString())
                .orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND));
    }
}
