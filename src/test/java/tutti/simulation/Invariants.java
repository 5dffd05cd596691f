package tutti.simulation;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.ballot.Ballot;
import tutti.ballot.CastVote;
import tutti.ballot.Choice;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.Phase;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;
import tutti.replica.EventReplica;
import tutti.replica.Transaction;
import tutti.replica.Upload;

/**
 * What must hold, always: looks at all sites at once, as no site ever can. Numbers are those of the protocol's list.
 */
final class Invariants {

    private final World world;
    private final Sightings sightings;
    private final SortedMap<TransactionId, Outcome> outcomes = new TreeMap<>();
    private final SortedSet<TransactionId> begun = new TreeSet<>();
    private final SortedMap<Integer, Digest> digests = new TreeMap<>();
    private final SortedMap<Integer, SortedMap<ContributorId, CastVote>> votes = new TreeMap<>();
    private final SortedMap<Integer, Long> openedAt = new TreeMap<>();
    private final SortedMap<PhotoId, Photo> photos = new TreeMap<>();
    private final SortedSet<PhotoId> everIn = new TreeSet<>();
    private final SortedMap<SiteName, SortedSet<TransactionId>> dropped = new TreeMap<>();
    private int lastEnded;
    private long frozenUntil = Long.MIN_VALUE;
    private boolean published;
    private boolean takenDown;
    private final SortedSet<ContributorId> erased = new TreeSet<>();
    private final SortedMap<SiteName, SortedSet<Sha256>> erasedBytes = new TreeMap<>();

    Invariants(World world) {
        this.world = world;
        this.sightings = new Sightings(world);
    }

    /** All votes ever stored, by ballot. */
    SortedMap<Integer, SortedMap<ContributorId, CastVote>> votes() {
        return votes;
    }

    void after(Site site, EventReplica before, EventReplica after) {
        sightings.between(before, after);
        if (site.isRebuilding()) {
            forgotten(site, after);
            // One step brings photos back and ends the ballot whose votes are lost.
            lastEnded = Math.max(lastEnded, after.event().lastEnded());
        }
        if (before.event().frozen()) {
            frozenUntil = world.agenda().now();
        }
        for (var transaction : after.transactions().values()) {
            var old = before.transactions().get(transaction.id());
            if (old != transaction) {
                changed(site, old, transaction);
            }
        }
        before.transactions().keySet().stream()
                .filter(id -> !after.transactions().containsKey(id))
                .forEach(id -> dropped(site, id));
        for (var ballot : after.ballots().values()) {
            var old = before.ballots().get(ballot.number());
            if (old != ballot) {
                changed(site, before.event().lastEnded(), old, ballot);
            }
        }
        event(site, before, after);
        erasures(site, before, after);
        world.acknowledged().check(site);
        lastEnded = Math.max(lastEnded, after.event().lastEnded());
    }

    /** The outcomes that a lost site alone has known may become others. */
    void lost(Site site) {
        var phase = site.disk().event().phase();
        if (phase == Phase.CREATING || phase == Phase.CANCELLED) {
            world.acknowledged().mayBeCreatedOrNot();
        }
        for (var own : site.disk().transactions().values()) {
            if (own.id().coordinator().equals(site.name()) && !isKnownElsewhere(site, own.id())) {
                if (own.promise().isAborted()) {
                    outcomes.remove(own.id());
                    own.change().filter(AddPhoto.class::isInstance).ifPresent(change -> world.acknowledged()
                            .mayComeBack(((AddPhoto) change).photo().id()));
                }
            }
        }
    }

    /** A number that nobody remembers may be used again. */
    private void forgotten(Site site, EventReplica after) {
        begun.removeIf(id -> isForgotten(site, after, id));
        outcomes.keySet().removeIf(id -> isForgotten(site, after, id) && outcomes.get(id) == Outcome.ABORTED);
    }

    private static boolean isForgotten(Site site, EventReplica after, TransactionId id) {
        return id.coordinator().equals(site.name()) && !after.transactions().containsKey(id);
    }

    private boolean isKnownElsewhere(Site site, TransactionId id) {
        return site.peers().stream().anyMatch(peer -> world.site(peer)
                .transaction(id)
                .flatMap(one -> one.promise().outcome())
                .isPresent());
    }

    // The engine

    private void changed(Site site, Transaction old, Transaction now) {
        var coordinator = now.id().coordinator().equals(site.name());
        if (old == null && coordinator && now.coordination().isPresent() && !site.isRebuilding()) {
            begins(site, now);
        }
        if (now.promise().outcome().isEmpty()) {
            return;
        }
        var outcome = now.promise().outcome().get();
        var first = outcomes.putIfAbsent(now.id(), outcome);
        Violation.unless(
                first == null || first == outcome,
                "1: %s is %s at %s, and was %s",
                now.id(),
                outcome,
                site.name(),
                first);
        if (old != null && old.promise().outcome().isPresent()) {
            return;
        }
        if (outcome == Outcome.ABORTED) {
            if (coordinator && now.change().orElse(null) instanceof PublishMontage publish) {
                refused(publish);
            }
        } else if (first == Outcome.COMMITTED && (site.isRebuilding() || isLost(now.id()))) {
            world.countIf(site.isRebuilding(), RarePath.COMMIT_BROUGHT_BACK);
            world.countIf(site.isRebuilding() && isRemoval(now), RarePath.REMOVAL_BROUGHT_BACK);
            world.countIf(
                    site.isRebuilding() && now.change().orElseThrow() instanceof Erase, RarePath.ERASURE_BROUGHT_BACK);
        } else if (coordinator) {
            world.countIf(site.isRebuilding(), RarePath.COMMITTED_AFTER_ALL);
            commits(site, now);
        } else {
            var leader = world.site(now.id().coordinator()).transaction(now.id());
            Violation.unless(
                    leader.filter(one -> one.promise().isCommitted()).isPresent(),
                    "1: %s commits %s on its own",
                    site.name(),
                    now.id());
        }
    }

    private static boolean isRemoval(Transaction one) {
        return one.change().filter(RemovePhoto.class::isInstance).isPresent();
    }

    private boolean isLost(TransactionId id) {
        return world.site(id.coordinator()).isRebuilding();
    }

    private void dropped(Site site, TransactionId id) {
        world.count(RarePath.RECORD_DROPPED);
        dropped.computeIfAbsent(site.name(), name -> new TreeSet<>()).add(id);
        var leader = world.site(id.coordinator()).transaction(id);
        Violation.unless(
                outcomes.get(id) == Outcome.ABORTED
                        && leader.filter(one -> !one.promise().isAborted()).isEmpty(),
                "1: %s drops the record of %s, which is not aborted",
                site.name(),
                id);
        Violation.unless(
                !id.coordinator().equals(site.name())
                        || site.peers().stream().noneMatch(peer -> world.site(peer)
                                .transaction(id)
                                .filter(Transaction::isHold)
                                .isPresent()),
                "2: %s forgets %s while a peer still holds it",
                site.name(),
                id);
    }

    /** Whether a site had a record of this once. */
    boolean isDropped(Site site, TransactionId id) {
        return dropped.getOrDefault(site.name(), new TreeSet<>()).contains(id);
    }

    /** Long after the end nothing is left of what was aborted but what its coordinator never heard of. */
    void checkForgotten() {
        for (var site : world.sites()) {
            site.disk()
                    .transactions()
                    .values()
                    .forEach(one -> Violation.unless(
                            one.closedAt().isEmpty(), "%s remembers %s for ever", site.name(), one.id()));
        }
    }

    private void begins(Site site, Transaction now) {
        Violation.unless(begun.add(now.id()), "attempt %s is used twice", now.id());
        site.disk().transactions().values().stream()
                .filter(other -> other.id().subject().equals(now.id().subject()))
                .filter(other -> other.id().coordinator().equals(site.name()))
                .filter(other -> !other.id().equals(now.id()))
                .forEach(other -> Violation.unless(
                        other.promise().isAborted() || isUndone(site, other),
                        "%s begins although %s is not aborted",
                        now.id(),
                        other.id()));
        var elsewhere = world.sites().stream()
                .flatMap(other -> other.disk().transactions().values().stream())
                .anyMatch(other -> other.isRunningHere()
                        && other.id().subject().equals(now.id().subject())
                        && !other.id().equals(now.id()));
        world.countIf(elsewhere, RarePath.SAME_PHOTO_AT_TWO_SITES);
        if (now.isRunningHere() && now.change().orElseThrow() instanceof PublishMontage publish) {
            var end = site.disk().ballots().get(publish.ballot()).deadline().orElseThrow();
            Violation.unless(
                    site.now().isBefore(end.plus(site.settings().grace())),
                    "8: %s begins after the ballot's grace",
                    now.id());
            world.countIf(!site.now().isBefore(end), RarePath.PUBLISH_IN_GRACE);
        }
    }

    /** What was committed has been taken back since: a photo was removed, or a removed one added again. */
    private static boolean isUndone(Site site, Transaction one) {
        var change = one.change().orElse(null);
        return one.promise().isCommitted()
                && (change instanceof AddPhoto add
                        ? !site.disk().photos().containsKey(add.photo().id())
                        : change instanceof RemovePhoto removal
                                && site.disk()
                                        .photos()
                                        .containsKey(removal.photo().id()));
    }

    private void commits(Site site, Transaction now) {
        for (var peer : site.peers()) {
            var promise = world.site(peer).transaction(now.id());
            Violation.unless(
                    promise.filter(Transaction::isHold).isPresent()
                            || world.site(peer)
                                    .isRebuilding(), // it had, as long as nobody has asked it to be forgotten
                    "2: %s is committed, and %s has not prepared it",
                    now.id(),
                    peer);
        }
        var change = now.change().orElseThrow();
        if (change instanceof Erase erase) {
            commits(erase);
            return;
        }
        Violation.unless(
                published == change instanceof TakeDown, "6: %s is committed, published %s", now.id(), published);
        takenDown |= change instanceof TakeDown;
        if (change instanceof AddPhoto add) {
            commits(site, add.photo());
        } else if (change instanceof RemovePhoto removal) {
            removes(removal.photo());
        } else if (change instanceof PublishMontage publish) {
            commits(site, publish);
        }
    }

    private void commits(Erase erase) {
        var who = erase.contributor();
        var own = photos.values().stream()
                .filter(photo -> photo.contributor().equals(who))
                .toList();
        Violation.unless(own.isEmpty() || takenDown, "%s is erased from what is to be seen", who);
        for (var site : world.sites()) {
            Violation.unless(!isMoving(site.disk(), who), "%s is erased while a photo moves at %s", who, site.name());
        }
        erased.add(who);
        own.forEach(photo -> photos.put(photo.id(), photo.erased()));
    }

    private static boolean isMoving(EventReplica replica, ContributorId who) {
        return replica.transactions().values().stream()
                .filter(Transaction::isHold)
                .flatMap(held -> photoOf(held).stream())
                .anyMatch(photo -> photo.contributor().equals(who));
    }

    private static Optional<Photo> photoOf(Transaction one) {
        var change = one.change().orElse(null);
        return change instanceof AddPhoto add
                ? Optional.of(add.photo())
                : change instanceof RemovePhoto removal ? Optional.of(removal.photo()) : Optional.empty();
    }

    private void commits(Site site, Photo photo) {
        Violation.unless(!erased.contains(photo.contributor()), "photo %s gets in of one who is erased", photo.id());
        checkFrozen(photo);
        world.acknowledged().check(photo.id());
        world.countIf(!everIn.add(photo.id()), RarePath.ADDED_AGAIN);
        Violation.unless(photos.put(photo.id(), photo) == null, "photo %s gets in twice", photo.id());
        var own = photos.values().stream()
                .filter(other -> other.contributor().equals(photo.contributor()))
                .count();
        var settings = site.settings();
        var people = photos.values().stream().map(Photo::contributor).distinct().count();
        Violation.unless(
                photos.size() <= settings.photosPerEventMax()
                        && own <= settings.photosPerContributorMax()
                        && people <= site.disk().event().laidDown().maxContributors(),
                "a limit is passed by photo %s",
                photo.id());
    }

    private void removes(Photo photo) {
        checkFrozen(photo);
        Violation.unless(photo.equals(photos.remove(photo.id())), "photo %s goes, and is not in", photo.id());
        world.acknowledged().isGone(photo.id());
        world.count(RarePath.REMOVED);
        world.countIf(photos.isEmpty(), RarePath.LAST_PHOTO_REMOVED);
        world.countIf(
                photos.values().stream().noneMatch(other -> other.contributor().equals(photo.contributor())),
                RarePath.CONTRIBUTOR_LEFT);
    }

    private void checkFrozen(Photo photo) {
        for (var ballot : votes.tailMap(lastEnded + 1).entrySet()) {
            var accepts = ballot.getValue().values().stream().anyMatch(vote -> vote.choice() == Choice.ACCEPT);
            Violation.unless(!accepts, "3: photo %s gets in or out while ballot %s runs", photo.id(), ballot.getKey());
        }
    }

    /** Whether a photo is decided to be in. */
    boolean isIn(PhotoId photo) {
        return photos.containsKey(photo);
    }

    private void commits(Site site, PublishMontage publish) {
        published = true;
        Violation.unless(
                publish.digest().equals(Digest.of(site.disk().event().style(), photos.keySet()))
                        && publish.digest().equals(site.disk().version().digest()),
                "4: ballot %s publishes another montage",
                publish.ballot());
        Violation.unless(isUnanimous(publish), "4: ballot %s is published, and not unanimous", publish.ballot());
        var rejects = votes.get(publish.ballot()).values().stream().anyMatch(vote -> vote.choice() == Choice.REJECT);
        Violation.unless(!rejects, "4: ballot %s is published, and somebody said no", publish.ballot());
    }

    private boolean isUnanimous(PublishMontage publish) {
        var cast = votes.getOrDefault(publish.ballot(), new TreeMap<>());
        return photos.values().stream()
                .map(Photo::contributor)
                .allMatch(one -> cast.containsKey(one)
                        && cast.get(one).choice() == Choice.ACCEPT
                        && cast.get(one).digest().equals(publish.digest()));
    }

    private void refused(PublishMontage publish) {
        Violation.unless(
                !isUnanimous(publish)
                        || !world.isCalmSince(openedAt.getOrDefault(publish.ballot(), 0L))
                        || frozenUntil >= openedAt.getOrDefault(publish.ballot(), 0L)
                        || world.sites().stream()
                                .anyMatch(site -> site.disk().event().frozen()),
                "8: ballot %s is refused, and everybody said yes",
                publish.ballot());
    }

    // Ballots

    private void changed(Site site, int lastEndedBefore, Ballot old, Ballot now) {
        if (now.isOpen()) {
            openedAt.putIfAbsent(now.number(), world.agenda().now());
            Violation.unless(old == null || old.isOpen(), "ballot %s opens again at %s", now.number(), site.name());
            Violation.unless(
                    now.number() <= lastEnded + 1, "ballot %s opens before %s ended", now.number(), now.number() - 1);
        }
        Violation.unless(
                old == null || old.isOpen() || old.state() == now.state(),
                "ballot %s ends twice at %s",
                now.number(),
                site.name());
        if (old != null) {
            Violation.unless(
                    now.votes().keySet().containsAll(old.votes().keySet()), "6: a vote is gone at %s", site.name());
        }
        for (var vote : now.votes().values()) {
            var before = old == null ? null : old.votes().get(vote.contributor());
            Violation.unless(before == null || before.equals(vote), "6: %s was %s", vote, before);
            if (before == null && site.isRebuilding()) {
                var cast = votes.getOrDefault(now.number(), new TreeMap<>()).get(vote.contributor());
                Violation.unless(
                        cast != null
                                && cast.choice() == vote.choice()
                                && cast.digest().equals(vote.digest()),
                        "6: %s was %s",
                        vote,
                        cast);
                world.count(RarePath.ACCEPT_BROUGHT_BACK);
            } else if (before == null) {
                stored(site, lastEndedBefore, now, vote);
            }
        }
    }

    private void stored(Site site, int lastEndedBefore, Ballot ballot, CastVote vote) {
        var n = ballot.number();
        var here = site.disk();
        Violation.unless(lastEndedBefore < n, "a vote is stored in ballot %s, which is over", n);
        Violation.unless(!published, "6: a vote is stored after the publication");
        Violation.unless(
                vote.digest().equals(here.version().digest())
                        && vote.digest().equals(Digest.of(here.event().style(), photos.keySet())),
                "5: a vote of ballot %s is stored at %s for a superseded montage",
                n,
                site.name());
        var digest = digests.computeIfAbsent(n, number -> vote.digest());
        Violation.unless(digest.equals(vote.digest()), "5: the votes of ballot %s name two montages", n);
        Violation.unless(
                here.homeOf(vote.contributor()).filter(site.name()::equals).isPresent(),
                "5: %s takes the vote of a contributor at home elsewhere",
                site.name());
        var cast = votes.computeIfAbsent(n, number -> new TreeMap<>());
        sightings.firstVote(ballot, cast.isEmpty());
        Violation.unless(cast.put(vote.contributor(), vote) == null, "5: a contributor votes twice in ballot %s", n);
    }

    // The event

    private void event(Site site, EventReplica before, EventReplica after) {
        var was = before.event();
        var is = after.event();
        Violation.unless(is.lastEnded() >= was.lastEnded(), "last ended decreases at %s", site.name());
        Violation.unless(is.attempts() >= was.attempts(), "attempts decrease at %s", site.name());
        Violation.unless(
                !was.phase().isAfterPublication() || (is.phase().isAfterPublication() && isTheSame(before, after)),
                "6: what was published has changed at %s",
                site.name());
        Violation.unless(
                !was.phase().isHidden() || is.phase().isHidden(), "6: what was hidden is shown at %s", site.name());
        Violation.unless(
                is.phase() != Phase.PUBLISHED || !hasPromisedToHide(after),
                "6: %s has promised to hide what it shows",
                site.name());
        before.photos().values().stream()
                .filter(photo -> !after.photos().containsKey(photo.id()))
                .forEach(photo -> Violation.unless(
                        isRemovedBetween(before, after, photo), "7: photo %s is gone at %s", photo.id(), site.name()));
        after.photos().values().stream()
                .filter(photo -> !photo.equals(before.photos().get(photo.id())))
                .forEach(photo -> Violation.unless(
                        photo.equals(photos.get(photo.id())),
                        "2: %s shows photo %s, undecided",
                        site.name(),
                        photo.id()));
        Violation.unless(is.changes() == changes(after), "changes are not counted at %s", site.name());
        var open = after.ballots().values().stream().filter(Ballot::isOpen).toList();
        var expected = is.phase() == Phase.VOTING ? 1 : 0;
        Violation.unless(
                open.size() == expected, "%s is %s, and %s ballots are open", site.name(), is.phase(), open.size());
        open.forEach(ballot -> Violation.unless(
                ballot.number() == is.lastEnded() + 1, "ballot %s is open, %s ended", ballot.number(), is.lastEnded()));
    }

    /** But for what was erased of it. */
    private static boolean isTheSame(EventReplica before, EventReplica after) {
        return before.photos().keySet().equals(after.photos().keySet())
                && before.photos().values().stream().allMatch(old -> {
                    var now = after.photos().get(old.id());
                    var gone = after.event().erasures().done().contains(old.contributor());
                    return now.equals(gone ? old.erased() : old);
                });
    }

    /** Nobody comes back, and where somebody is erased no row says anything of him. */
    private void erasures(Site site, EventReplica before, EventReplica after) {
        var was = before.event().erasures();
        var is = after.event().erasures();
        Violation.unless(
                is.done().containsAll(was.done()) && was.wanted().stream().allMatch(is::concern),
                "an erasure is forgotten at %s",
                site.name());
        Violation.unless(
                is.done().isEmpty()
                        || pictures(after).noneMatch(photo -> is.done().contains(photo.contributor())),
                "%s still knows who is erased there",
                site.name());
        bytesThatGo(site, before, after);
    }

    /** What one who leaves has given to a site, unless somebody else has given the same. */
    private void bytesThatGo(Site site, EventReplica before, EventReplica after) {
        var erasures = after.event().erasures();
        var going = erasedBytesAt(site);
        before.uploads().values().stream()
                .map(Upload::photo)
                .filter(photo -> erasures.concern(photo.contributor())
                        && !after.uploads().containsKey(photo.id()))
                .forEach(photo -> going.add(photo.picture().sha256()));
        if (!erasures.done().isEmpty()) {
            pictures(before)
                    .filter(photo -> erasures.done().contains(photo.contributor()))
                    .forEach(photo -> going.add(photo.picture().sha256()));
        }
        site.naming()
                .filter(photo -> !erasures.concern(photo.contributor()))
                .forEach(photo -> going.remove(photo.picture().sha256()));
    }

    /** All photos that any row says something of. */
    private static Stream<Photo> pictures(EventReplica replica) {
        return Stream.of(
                        replica.photos().values().stream(),
                        replica.uploads().values().stream().map(Upload::photo),
                        replica.transactions().values().stream().flatMap(one -> photoOf(one).stream()))
                .flatMap(photos -> photos)
                .filter(photo -> !photo.isErased());
    }

    private SortedSet<Sha256> erasedBytesAt(Site site) {
        return erasedBytes.computeIfAbsent(site.name(), name -> new TreeSet<>());
    }

    /** Bytes have come to a site once more, whoever has sent them: unless a row names them, they go after a day. */
    void sent(Site site, Sha256 bytes) {
        erasedBytesAt(site).remove(bytes);
    }

    private void bytesAtRest(Site site) {
        site.named()
                .forEach(bytes ->
                        Violation.unless(site.hasBytes(bytes), "7: the bytes %s are lost at %s", bytes, site.name()));
        var unnamed = new TreeSet<>(erasedBytesAt(site));
        unnamed.removeAll(site.named());
        unnamed.forEach(bytes -> Violation.unless(
                !site.hasBytes(bytes), "the bytes %s are erased, and still at %s", bytes, site.name()));
    }

    private static boolean hasPromisedToHide(EventReplica replica) {
        return replica.transactions().values().stream()
                .anyMatch(one -> one.isHold() && one.change().orElseThrow() instanceof TakeDown);
    }

    private static boolean isRemovedBetween(EventReplica before, EventReplica after, Photo photo) {
        return after.transactions().values().stream()
                .filter(now -> now.promise().isCommitted()
                        && now.change().orElseThrow().equals(new RemovePhoto(photo)))
                .map(now -> before.transactions().get(now.id()))
                .anyMatch(old -> old == null || !old.promise().isCommitted());
    }

    private static long changes(EventReplica replica) {
        return replica.transactions().values().stream()
                .filter(one -> one.promise().isCommitted())
                .map(one -> one.change().orElseThrow())
                .filter(change -> change instanceof AddPhoto || change instanceof RemovePhoto)
                .count();
    }

    /** Once everything has come to rest, all sites are alike (invariant 2). */
    void checkAtRest() {
        var first = world.sites().get(0).disk();
        for (var site : world.sites()) {
            var replica = site.disk();
            world.acknowledged().checkAtRest(site);
            bytesAtRest(site);
            Violation.unless(replica.photos().equals(first.photos()), "2: other photos at %s", site.name());
            Violation.unless(replica.photos().equals(photos), "2: not the photos that were decided at %s", site.name());
            Violation.unless(replica.version().equals(first.version()), "2: another version at %s", site.name());
            Violation.unless(
                    likeness(replica).equals(likeness(first)), "2: %s\nis not\n%s", likeness(replica), likeness(first));
        }
    }

    private static String likeness(EventReplica replica) {
        var event = replica.event();
        if (event.phase() == Phase.CANCELLED || event.phase() == Phase.ABSENT) {
            return "nothing";
        }
        var text = new StringBuilder("%s %s %s %s %s"
                .formatted(event.phase(), event.details(), event.lastEnded(), event.publishedAt(), event.erasures()));
        replica.ballots().values().forEach(ballot -> {
            Violation.unless(
                    ballot.reason().isPresent() == (ballot.state() == Ballot.State.ABORTED),
                    "nobody knows why: %s",
                    ballot);
            text.append(" | ballot ").append(ballot.number()).append(' ').append(ballot.state());
            text.append(' ').append(ballot.reason());
        });
        return text.toString();
    }
}
