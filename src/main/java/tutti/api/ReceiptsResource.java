package tutti.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import tutti.event.Receipt;
import tutti.journal.JsonText;
import tutti.site.CurrentUser;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.ReceiptDesk;

/**
 * What those who have agreed to a montage can show for it, and what anybody can have checked. Once it is taken down, that is
 * between those who were in it: their proof stays, by its digest, and to strangers there was nothing.
 */
@Path("/events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReceiptsResource {

    @Inject
    private EventDesk events;

    @Inject
    private ReceiptDesk receipts;

    @Inject
    private CurrentUser user;

    @PathParam("event")
    private String event;

    /** One's own, once it is published. */
    @GET
    @Path("/{event}/receipt")
    public String own() {
        var view = published();
        if (!view.you().contributor()) {
            throw new Problem(ProblemKind.NOT_A_CONTRIBUTOR);
        }
        return json(view, receipts.receiptOf(view.id(), user.id()));
    }

    /** Whether a code is the receipt of somebody who has agreed to what is published here; 404 where it is not. */
    @GET
    @Path("/{event}/receipts/{code}")
    public String check(@PathParam("code") String code) {
        var view = published();
        return json(view, receipts.find(view.id(), code));
    }

    private EventView published() {
        return events.view(Ids.event(event), user.id())
                .filter(view -> view.publishedAt().isPresent())
                .orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND));
    }

    private static String json(EventView view, Optional<Receipt> found) {
        var receipt = found.orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND));
        return JsonText.object()
                .add("code", receipt.code())
                .add("event", receipt.event().value())
                .add("title", view.details().title())
                .add("ballot", receipt.ballot())
                .add("digest", receipt.digest().hex())
                .add("publishedAt", view.publishedAt().orElseThrow().toString())
                .build()
                .toString();
    }
}
