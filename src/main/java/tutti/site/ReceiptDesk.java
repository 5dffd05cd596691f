package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Stream;
import tutti.ballot.Ballot;
import tutti.event.EventId;
import tutti.event.Receipt;
import tutti.photo.ContributorId;

/** Gives receipts to those who have agreed to what was published, and says of any code whether it is one. */
@ApplicationScoped
public class ReceiptDesk {

    @Inject
    private EventDesk events;

    /** The receipt of this user; empty before the publication, and for everybody else. */
    public Optional<Receipt> receiptOf(EventId event, ContributorId who) {
        return receipts(event)
                .filter(receipt -> receipt.contributor().equals(who))
                .findFirst();
    }

    /** Whose code this is; empty where it is nobody's. */
    public Optional<Receipt> find(EventId event, String code) {
        return receipts(event).filter(receipt -> receipt.code().equals(code)).findFirst();
    }

    private Stream<Receipt> receipts(EventId event) {
        return events.look(event).stream()
                .flatMap(looked -> looked.replica().ballots().values().stream())
                .filter(ballot -> ballot.state() == Ballot.State.PUBLISHED)
                .flatMap(ballot -> ballot.accepted().stream()
                        .map(who -> new Receipt(
                                event, ballot.number(), ballot.digest().orElseThrow(), who)));
    }
}
