package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.commit.Outcome;
import tutti.commit.Promise;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.PublishMontage;
import tutti.montage.Digest;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.PhotoId;
import tutti.replica.Testimony;
import tutti.replica.Testimony.Fact;

class TestimoniesTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123456Z");
    private static final ContributorId ADA = ContributorId.ofCookie("ada");
    private static final Digest DIGEST = Digest.of(Style.PLAIN, List.of(new PhotoId("x".repeat(43))));

    @Test
    void what_is_read_is_what_was_written() {
        var id = new TransactionId("publish:" + "e".repeat(22) + ":3", new SiteName("west"), 7);
        var whole = new Fact(
                id,
                Promise.takenOver(Outcome.COMMITTED),
                Optional.of(new PublishMontage(3, DIGEST, NOON)),
                2,
                Optional.empty());
        var bare = new Fact(
                id, Promise.takenOver(Outcome.ABORTED), Optional.empty(), 0, Optional.of(Reason.passing("held")));
        var published = new Ballot(
                3,
                Optional.of(DIGEST),
                Ballot.State.PUBLISHED,
                Optional.empty(),
                Optional.of(NOON),
                Optional.empty(),
                Optional.of(NOON),
                new TreeMap<>(),
                new TreeSet<>(List.of(ADA)),
                0,
                new TreeSet<>(),
                Optional.empty());
        var unheard = Ballot.unheard(2, Optional.of(AbortReason.TIMEOUT), NOON);
        var testimony = new Testimony(3, List.of(whole, bare), List.of(unheard, published));

        assertThat(Testimonies.read(Messages.read(Testimonies.text(testimony)))).isEqualTo(testimony);
    }
}
