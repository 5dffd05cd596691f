package tutti.replica;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tutti.ballot.Ballot;
import tutti.ballot.BallotReport;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.PublishMontage;
import tutti.event.Event;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.montage.Background;
import tutti.montage.Digest;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;

/** Three sites, one event whose master is west, and the people in it. */
final class Sites {

    static final SiteName WEST = new SiteName("west");
    static final SiteName EAST = new SiteName("east");
    static final SiteName EUROPE = new SiteName("europe");

    static final ContributorId ADA = ContributorId.ofCookie("ada");
    static final ContributorId BEN = ContributorId.ofCookie("ben");
    static final ContributorId CLEO = ContributorId.ofCookie("cleo");

    static final EventId EVENT = new EventId("0123456789abcdefghijkl");
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration PERIOD = Duration.ofSeconds(90);
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration PREPARING = Duration.ofSeconds(5);
    static final Duration IN_DOUBT = Duration.ofSeconds(3);
    static final int PHOTOS_MAX = 4;
    static final int PHOTOS_EACH_MAX = 2;
    static final int PEOPLE_MAX = 2;

    static final Style STYLE =
            new Style(LayoutKind.ROWS, Background.NIGHT, "Summer", Optional.of(LocalDate.of(2026, 7, 18)));
    static final EventDetails DETAILS = new EventDetails("Summer", "", PEOPLE_MAX, 90, STYLE, WEST, ADA, NOON);

    private Sites() {}

    static ReplicaSettings settings(SiteName self) {
        var peers = names(WEST, EAST, EUROPE);
        peers.remove(self);
        return new ReplicaSettings(self, peers, PREPARING, IN_DOUBT, GRACE, PHOTOS_MAX, PHOTOS_EACH_MAX);
    }

    static TreeSet<SiteName> names(SiteName... names) {
        return new TreeSet<>(List.of(names));
    }

    static TreeSet<ContributorId> people(ContributorId... people) {
        return new TreeSet<>(List.of(people));
    }

    static EventReplica absent(SiteName self) {
        return EventReplica.absent(settings(self), EVENT);
    }

    /** A site where the event is open and these photos are in. */
    static EventReplica open(SiteName self, Photo... photos) {
        return open(self, 0, photos);
    }

    /** As {@link #open(SiteName, Photo...)}, after some ballots. */
    static EventReplica open(SiteName self, int lastEnded, Photo... photos) {
        var event = Event.absent(EVENT).opened(DETAILS).withBallotEnded(lastEnded);
        for (var photo : photos) {
            event = event.withChange();
        }
        return new EventReplica(settings(self), event, List.of(photos), List.of(), List.of(), List.of());
    }

    static Photo photo(ContributorId who, SiteName site, String what) {
        return photo(who, site, what, NOON);
    }

    static Photo photo(ContributorId who, SiteName site, String what, Instant uploadedAt) {
        var sha = Sha256.of(what);
        var picture = new Picture("image/jpeg", 4, 3, 1_000, sha);
        return new Photo(PhotoId.of(EVENT.value(), who, sha), who, "Somebody", "", site, uploadedAt, picture);
    }

    static Digest digest(Photo... photos) {
        return Digest.of(STYLE, Arrays.stream(photos).map(Photo::id).toList());
    }

    static TransactionId adding(Photo photo, int attempt) {
        return new TransactionId(AddPhoto.subjectOf(photo.id()), photo.site(), attempt);
    }

    static TransactionId publishing(int ballot, int attempt) {
        return new TransactionId(PublishMontage.subjectOf(EVENT, ballot), WEST, attempt);
    }

    static BallotReport report(
            int ballot, Digest digest, TreeSet<ContributorId> accepted, TreeSet<ContributorId> rejected) {
        return new BallotReport(ballot, digest, Duration.ZERO, accepted, rejected, people());
    }

    static Ballot ballot(EventReplica replica, int number) {
        return replica.ballots().get(number);
    }
}
