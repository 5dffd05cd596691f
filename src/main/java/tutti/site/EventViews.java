package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tutti.ballot.Ballot;
import tutti.ballot.CastVote;
import tutti.ballot.Choice;
import tutti.commit.SiteName;
import tutti.event.Erasures;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.journal.Looked;
import tutti.montage.TileSize;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.pictures.Derived;
import tutti.replica.EventReplica;
import tutti.replica.Upload;
import tutti.site.EventView.BallotView;
import tutti.site.EventView.Contributor;
import tutti.site.EventView.Erasure;
import tutti.site.EventView.Outline;
import tutti.site.EventView.PhotoStatus;
import tutti.site.EventView.PhotoView;
import tutti.site.EventView.Status;
import tutti.site.EventView.You;

/** Shows a replica to one user: the one place that says who may see what. */
@ApplicationScoped
public class EventViews {

    @Inject
    private SiteConfig config;

    @Inject
    private PeerStates peers;

    @Inject
    private Presence presence;

    @Inject
    private Derived derived;

    /** Empty where the event is not there, or is not this user's to know of. */
    Optional<EventView> of(Looked looked, ContributorId who) {
        var replica = looked.replica();
        var event = replica.event();
        if (event.phase() == Phase.ABSENT || event.details().isEmpty()) {
            return Optional.empty();
        }
        var creator = event.laidDown().creator().equals(who);
        var contributor = replica.homeOf(who).isPresent();
        var gone = event.phase() == Phase.CANCELLED || event.phase().isHidden();
        if (gone && !creator && !contributor) {
            return Optional.empty();
        }
        var knows = creator || contributor;
        var ballot = latest(replica);
        return Optional.of(new EventView(
                event.id(),
                event.laidDown(),
                Status.of(event.phase()),
                replica.self(),
                event.publishedAt(),
                replica.version(),
                outline(replica, contributor),
                ballotNumber(replica, ballot),
                replica.contributors().size(),
                knows ? contributors(replica, who, ballot) : List.of(),
                you(replica, who, creator, ballot),
                ballot.filter(latest -> knows).map(latest -> ballot(latest, replica, looked.now())),
                event.phase() == Phase.CREATING ? missingSites() : List.of(),
                event.frozen(),
                url(replica.self(), event.id())));
    }

    private Optional<Outline> outline(EventReplica replica, boolean contributor) {
        var event = replica.event();
        var visible = event.phase() == Phase.PUBLISHED
                || contributor && !event.phase().isHidden();
        if (!visible || replica.photos().isEmpty()) {
            return Optional.empty();
        }
        var sizes = replica.photos().values().stream()
                .map(Photo::picture)
                .map(picture -> new TileSize(picture.width(), picture.height()))
                .toList();
        var layout = derived.layout(event.style(), sizes);
        return Optional.of(new Outline(layout.width(), layout.height()));
    }

    private static Optional<Ballot> latest(EventReplica replica) {
        return replica.openBallot()
                .or(() -> Optional.ofNullable(
                        replica.ballots().get(replica.event().lastEnded())));
    }

    private static int ballotNumber(EventReplica replica, Optional<Ballot> latest) {
        return replica.event().phase().isAfterPublication()
                ? latest.map(Ballot::number).orElse(0)
                : replica.ballotNumber();
    }

    private List<Contributor> contributors(EventReplica replica, ContributorId who, Optional<Ballot> ballot) {
        var list = new ArrayList<Contributor>();
        var event = replica.event();
        var byAge = replica.photos().values().stream().sorted(Photo.BY_AGE).toList();
        byAge.stream().map(Photo::contributor).distinct().forEach(one -> {
            var own = byAge.stream()
                    .filter(photo -> photo.contributor().equals(one))
                    .toList();
            var named = own.stream()
                    .map(Photo::name)
                    .filter(name -> !name.isEmpty())
                    .reduce((older, newer) -> newer);
            list.add(new Contributor(
                    named.orElse(""),
                    event.erasures().done().contains(one),
                    own.size(),
                    own.get(0).site(),
                    one.equals(who),
                    presence.isLooking(event.id(), one),
                    shown(replica, ballot).map(shown -> shown.accepted().contains(one))));
        });
        return list;
    }

    /** Who has accepted is shown while a ballot is open and after a publication, never after a no. */
    private static Optional<Ballot> shown(EventReplica replica, Optional<Ballot> ballot) {
        return ballot.filter(
                latest -> latest.isOpen() || replica.event().phase().isAfterPublication());
    }

    private static You you(EventReplica replica, ContributorId who, boolean creator, Optional<Ballot> ballot) {
        var home = replica.homeOf(who);
        var stored =
                shown(replica, ballot).flatMap(latest -> latest.voteOf(who)).map(CastVote::choice);
        var elsewhere = shown(replica, ballot)
                .filter(latest -> latest.accepted().contains(who))
                .map(latest -> Choice.ACCEPT);
        return new You(
                creator,
                home.isPresent(),
                home,
                stored.or(() -> elsewhere),
                ownPhotos(replica, who),
                erasure(replica.event().erasures(), who));
    }

    private static Optional<Erasure> erasure(Erasures erasures, ContributorId who) {
        if (erasures.done().contains(who)) {
            return Optional.of(Erasure.DONE);
        }
        return erasures.wanted().contains(who) ? Optional.of(Erasure.UNDER_WAY) : Optional.empty();
    }

    private static List<PhotoView> ownPhotos(EventReplica replica, ContributorId who) {
        var own = new ArrayList<>(
                photos(replica, who).stream().filter(PhotoView::mine).toList());
        replica.uploads().values().stream()
                .filter(upload -> upload.photo().contributor().equals(who))
                .map(EventViews::upload)
                .forEach(own::add);
        own.sort(Comparator.comparing(PhotoView::photo, Photo.BY_AGE));
        return own;
    }

    /** All committed photos but those that were erased, the oldest first. */
    static List<PhotoView> photos(EventReplica replica, ContributorId who) {
        return replica.photos().values().stream()
                .filter(photo -> !photo.isErased())
                .sorted(Photo.BY_AGE)
                .map(photo -> new PhotoView(
                        photo,
                        PhotoStatus.COMMITTED,
                        Optional.empty(),
                        List.of(),
                        photo.contributor().equals(who)))
                .toList();
    }

    static PhotoView upload(Upload upload) {
        return new PhotoView(
                upload.photo(),
                upload.isWaiting() ? PhotoStatus.WAITING : PhotoStatus.REFUSED,
                upload.refusal(),
                List.copyOf(upload.waitingFor()),
                true);
    }

    BallotView ballot(Ballot ballot, EventReplica replica, Instant now) {
        var left = ballot.timeLeft(now, replica.event().laidDown().votingPeriod());
        var known = ballot.accepted().size();
        return new BallotView(
                ballot.number(),
                ballot.digest(),
                ballot.state(),
                ballot.reason(),
                ballot.openedAt(),
                ballot.endedAt(),
                ballot.isOpen() ? (int) left.plusMillis(999).toSeconds() : 0,
                known,
                Math.max(0, replica.contributors().size() - known));
    }

    /** While an event is being created: the sites that do not answer, or, where all do, those that are being asked. */
    private List<SiteName> missingSites() {
        var silent = peers.silent();
        return config.peers().stream()
                .filter(peer -> silent.isEmpty() || silent.contains(peer))
                .toList();
    }

    String url(SiteName site, EventId id) {
        return config.url(site) + "/e/" + id;
    }
}
