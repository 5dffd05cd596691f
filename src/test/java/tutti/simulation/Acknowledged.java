package tutti.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.SiteName;
import tutti.event.Phase;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;

/** Everything that a user was told: none of it may ever turn out to be untrue (invariant 7). */
final class Acknowledged {

    /** Somebody was told that the vote is stored. */
    private record Voted(SiteName site, ContributorId user, int ballot) {}

    private final World world;
    private final SortedSet<PhotoId> in = new TreeSet<>();
    private final SortedMap<SiteName, SortedSet<PhotoId>> waiting = new TreeMap<>();
    private final SortedMap<PhotoId, ContributorId> owners = new TreeMap<>();
    private final SortedSet<ContributorId> erased = new TreeSet<>();
    private final SortedMap<PhotoId, Long> gone = new TreeMap<>();
    private final SortedSet<PhotoId> takenBack = new TreeSet<>();
    private final SortedMap<PhotoId, Integer> beingSent = new TreeMap<>();
    private final List<Voted> votes = new ArrayList<>();
    private boolean created;
    private boolean takenDown;
    private boolean maybeCancelled;
    private boolean cancelled;

    Acknowledged(World world) {
        this.world = world;
    }

    void created() {
        created = true;
    }

    /** Somebody was told that the montage is hidden, or will be everywhere. */
    void isTakenDown() {
        takenDown = true;
    }

    /** From now on it may or may not be. */
    void isBeingCancelled() {
        maybeCancelled = true;
    }

    void isCancelled() {
        cancelled = true;
    }

    void sends(PhotoId photo) {
        beingSent.merge(photo, 1, Integer::sum);
        takenBack.remove(photo);
    }

    void sent(PhotoId photo) {
        beingSent.merge(photo, -1, Integer::sum);
    }

    /** Somebody was told so who had asked for it at that time; it may have been in and out again since. */
    void isIn(Site site, PhotoId photo, long since) {
        var goneSince = gone.getOrDefault(photo, Long.MIN_VALUE) >= since;
        if (world.invariants().isIn(photo)) {
            in.add(photo);
        } else {
            Violation.unless(goneSince, "7: photo %s is said to be in, and had gone before", photo);
        }
        if (!goneSince) {
            checkIn(site, photo);
        }
    }

    /** The removal of a photo was decided. */
    void isGone(PhotoId photo) {
        gone.put(photo, world.agenda().now());
        in.remove(photo);
    }

    void hasVoted(Site site, ContributorId user, int ballot) {
        votes.add(new Voted(site.name(), user, ballot));
        checkVotes(site);
    }

    void isWaiting(Site site, Photo photo) {
        owners.put(photo.id(), photo.contributor());
        waiting.computeIfAbsent(site.name(), name -> new TreeSet<>()).add(photo.id());
    }

    /** Somebody was told that nothing of him is left, or soon will be. */
    void isErased(ContributorId user) {
        erased.add(user);
    }

    /** From now on the site may or may not have it. */
    void isBeingTakenBack(Site site, PhotoId photo) {
        waiting.getOrDefault(site.name(), new TreeSet<>()).remove(photo);
    }

    void isTakenBack(PhotoId photo) {
        var elsewhere =
                world.sites().stream().anyMatch(site -> site.disk().uploads().containsKey(photo));
        if (!world.invariants().isIn(photo) && !elsewhere && beingSent.getOrDefault(photo, 0) == 0) {
            takenBack.add(photo);
        }
    }

    /** A photo was decided to be in. */
    void check(PhotoId decided) {
        Violation.unless(!takenBack.contains(decided), "photo %s was taken back, and gets in all the same", decided);
    }

    /** What only the lost site knew is lost: its votes, the photos that waited there, and what it had just aborted. */
    void lost(Site site) {
        waiting.remove(site.name());
        takenDown &= world.sites().stream()
                .anyMatch(other -> other != site && other.disk().event().phase().isHidden());
        erased.removeIf(user -> world.sites().stream()
                .noneMatch(other ->
                        other != site && other.disk().event().erasures().concern(user)));
        world.countIf(votes.removeIf(vote -> vote.site().equals(site.name())), RarePath.VOTES_LOST);
    }

    /** Its abort was known to the lost site alone; all others had promised it, and so it may be committed after all. */
    void mayComeBack(PhotoId photo) {
        takenBack.remove(photo);
    }

    /** The same of the creation. */
    void mayBeCreatedOrNot() {
        maybeCancelled = true;
        cancelled = false;
    }

    void check(Site site) {
        var promised = waiting.getOrDefault(site.name(), new TreeSet<>());
        for (var photo : List.copyOf(promised)) {
            if (!site.disk().uploads().containsKey(photo)) {
                var unwanted = site.disk().event().erasures().concern(owners.get(photo));
                world.countIf(unwanted, RarePath.ERASED_UPLOAD_DROPPED);
                var kept = site.disk().photos().containsKey(photo) || unwanted;
                Violation.unless(kept, "%s was promised to keep photo %s", site.name(), photo);
                promised.remove(photo); // it has got in, and may go again, or its owner has left
            }
        }
    }

    private static void checkIn(Site site, PhotoId photo) {
        Violation.unless(site.disk().photos().containsKey(photo), "7: photo %s is lost at %s", photo, site.name());
    }

    private void checkVotes(Site site) {
        for (var vote : votes) {
            var ballot = site.disk().ballots().get(vote.ballot());
            Violation.unless(
                    !vote.site().equals(site.name())
                            || (ballot != null && ballot.votes().containsKey(vote.user())),
                    "7: %s is lost",
                    vote);
        }
    }

    /** Once everything has come to rest. */
    void checkAtRest(Site site) {
        check(site);
        var phase = site.disk().event().phase();
        var alive = phase == Phase.OPEN || phase.isAfterPublication();
        Violation.unless(!takenDown || phase == Phase.TAKEN_DOWN, "taken down, and %s at %s", phase, site.name());
        for (var user : erased) {
            Violation.unless(
                    site.disk().event().erasures().done().contains(user), "%s is not erased at %s", user, site.name());
        }
        Violation.unless(!cancelled || !alive, "cancelled, and %s at %s", phase, site.name());
        Violation.unless(!created || maybeCancelled || alive, "created, and %s at %s", phase, site.name());
        for (var photo : in) {
            checkIn(site, photo);
        }
        for (var photo : takenBack) {
            Violation.unless(
                    !site.disk().photos().containsKey(photo), "photo %s was taken back, and is in all the same", photo);
        }
        checkVotes(site);
        for (var upload : site.disk().uploads().values()) {
            Violation.unless(!upload.isWaiting(), "%s waits for ever at %s", upload, site.name());
        }
    }
}
