package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.CastVote;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/** A ballot as this site knows it; its votes are rows of their own. */
@Entity
@Table(name = "ballot")
@IdClass(NumberedInEvent.class)
class BallotRow {

    @Id
    @Column(name = "event_id")
    private String eventId;

    @Id
    private int number;

    private String digest;
    private String state;
    private String reason;

    @Column(name = "opened_us")
    private Long openedAt;

    @Column(name = "deadline_us")
    private Long deadline;

    @Column(name = "ended_us")
    private Long endedAt;

    private String accepted;
    private int reported;
    private String announced;
    private String publish;

    protected BallotRow() {}

    BallotRow(EventId event, int number) {
        this.eventId = event.value();
        this.number = number;
    }

    String eventId() {
        return eventId;
    }

    int number() {
        return number;
    }

    Ballot read(Collection<CastVote> taken) {
        var votes = new TreeMap<ContributorId, CastVote>();
        taken.forEach(vote -> votes.put(vote.contributor(), vote));
        return new Ballot(
                number,
                Optional.ofNullable(digest).map(Digest::new),
                Ballot.State.valueOf(state),
                Optional.ofNullable(reason).map(AbortReason::valueOf),
                Columns.instant(openedAt),
                Columns.instant(deadline),
                Columns.instant(endedAt),
                votes,
                Columns.contributors(accepted),
                reported,
                Columns.sites(announced),
                Optional.ofNullable(publish).map(TransactionId::parse));
    }

    void write(Ballot ballot) {
        digest = ballot.digest().map(Digest::hex).orElse(null);
        state = ballot.state().name();
        reason = ballot.reason().map(AbortReason::name).orElse(null);
        openedAt = Columns.micros(ballot.openedAt());
        deadline = Columns.micros(ballot.deadline());
        endedAt = Columns.micros(ballot.endedAt());
        accepted = Columns.list(ballot.accepted());
        reported = ballot.reported();
        announced = Columns.list(ballot.announced());
        publish = ballot.publish().map(TransactionId::toString).orElse(null);
    }
}
