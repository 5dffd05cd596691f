package tutti.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import tutti.ballot.CastVote;
import tutti.ballot.Choice;
import tutti.event.EventId;
import tutti.montage.Digest;
import tutti.photo.ContributorId;

/** A vote taken at this site. Written once; there is no way to change one. */
@Entity
@Table(name = "vote")
@IdClass(VoteRow.Key.class)
class VoteRow {

    @Id
    @Column(name = "event_id", updatable = false)
    private String eventId;

    @Id
    @Column(updatable = false)
    private int ballot;

    @Id
    @Column(updatable = false)
    private String contributor;

    @Column(updatable = false)
    private String choice;

    @Column(updatable = false)
    private String digest;

    @Column(name = "cast_us", updatable = false)
    private long castAt;

    protected VoteRow() {}

    VoteRow(EventId event, int ballot, CastVote vote) {
        this.eventId = event.value();
        this.ballot = ballot;
        this.contributor = vote.contributor().value();
        this.choice = vote.choice().name();
        this.digest = vote.digest().hex();
        this.castAt = Columns.micros(vote.castAt());
    }

    String eventId() {
        return eventId;
    }

    int ballot() {
        return ballot;
    }

    CastVote read() {
        return new CastVote(
                new ContributorId(contributor), Choice.valueOf(choice), new Digest(digest), Columns.instant(castAt));
    }

    /** Event, ballot and contributor: one vote for each. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String eventId;
        private int ballot;
        private String contributor;

        public Key() {}

        Key(String eventId, int ballot, String contributor) {
            this.eventId = eventId;
            this.ballot = ballot;
            this.contributor = contributor;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && eventId.equals(that.eventId)
                    && ballot == that.ballot
                    && contributor.equals(that.contributor);
        }

        @Override
        public int hashCode() {
            return Objects.hash(eventId, ballot, contributor);
        }
    }
}
