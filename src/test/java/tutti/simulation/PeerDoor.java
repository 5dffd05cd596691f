package tutti.simulation;

import java.util.Optional;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.photo.Sha256;
import tutti.replica.BallotNews;
import tutti.replica.EventReplica;
import tutti.replica.Testimony;
import tutti.replica.Transaction;

/** What a site does when another one calls. */
final class PeerDoor {

    private final World world;
    private final Site site;

    PeerDoor(World world, Site site) {
        this.world = world;
        this.site = site;
    }

    Vote onPrepare(TransactionId id, Change change) {
        var bytesHere = change instanceof AddPhoto add
                && site.hasBytes(add.photo().picture().sha256());
        return site.step("prepare " + id, Named.of(id, world.event()), replica -> {
            var before = site.transaction(id);
            var ballot = PublishMontage.ballotOf(id.subject(), world.event());
            world.countIf(ballot > 0 && ballot < replica.event().lastEnded(), RarePath.PREPARE_AFTER_NEXT_BALLOT);
            world.countIf(before.isEmpty() && world.invariants().isDropped(site, id), RarePath.PREPARE_AFTER_DROPPING);
            var vote = replica.onPrepare(id, change, bytesHere, site.now());
            world.countIf(before.isPresent() && vote instanceof Vote.No, RarePath.TOMBSTONE_USED);
            world.countIf(vote instanceof Vote.CannotSay, RarePath.NOT_READY);
            world.countIf(change instanceof TakeDown && vote instanceof Vote.CannotSay, RarePath.TAKE_DOWN_NOT_READY);
            world.countIf(change instanceof Erase && vote instanceof Vote.CannotSay, RarePath.ERASURE_NOT_READY);
            if (change instanceof RemovePhoto removal) {
                world.countIf(vote instanceof Vote.CannotSay, RarePath.REMOVAL_NOT_READY);
                world.countIf(vote instanceof Vote.No, RarePath.REMOVAL_REFUSED);
                world.countIf(
                        before.isEmpty() && vote instanceof Vote.No && isHeld(replica, removal),
                        RarePath.SAME_REMOVAL_HELD);
            }
            if (vote instanceof Vote.No no && before.isEmpty()) {
                world.countIf(no.reason().code().equals("held"), RarePath.SAME_PHOTO_HELD);
                world.countIf(no.reason().code().equals("frozen"), RarePath.PREPARE_IN_A_FROZEN_EVENT);
                world.countIf(no.reason().code().equals("erased"), RarePath.PREPARE_AFTER_ERASURE);
                world.countIf(
                        no.reason().again() && no.reason().code().endsWith("-limit"), RarePath.LAST_PLACE_CONTESTED);
            }
            return vote;
        });
    }

    private static boolean isHeld(EventReplica replica, RemovePhoto removal) {
        return replica.transactions().values().stream()
                .anyMatch(one -> one.isHold() && one.change().orElseThrow().equals(removal));
    }

    Boolean onDecision(Decision decision) {
        return site.step("decision " + decision, Named.of(decision.id(), world.event()), replica -> {
            world.countIf(site.transaction(decision.id()).isEmpty(), RarePath.ABORT_OVERTOOK_PREPARE);
            var forced = site.transaction(decision.id()).flatMap(Transaction::forced);
            var adopted = replica.onDecision(decision, site.now());
            world.countIf(!adopted, RarePath.MIXED_OUTCOME);
            world.countIf(adopted && forced.isPresent(), RarePath.FORCED_RIGHTLY);
            return adopted;
        });
    }

    Optional<Decision> onQuestion(TransactionId id) {
        return site.step("question " + id, Named.of(id, world.event()), replica -> {
            var unheard = site.transaction(id).isEmpty();
            var own = id.coordinator().equals(site.name());
            world.countIf(unheard && !own, RarePath.COMMIT_RULED_OUT);
            return replica.onQuestion(id, site.now());
        });
    }

    BallotNews onReport(BallotReport report) {
        return site.step("report " + report.number() + " " + report.votes(), Named.ballot(report.number()), replica -> {
            world.countIf(report.number() < replica.event().lastEnded(), RarePath.REPORT_AFTER_NEXT_BALLOT);
            var news = replica.onReport(report, site.now());
            world.countIf(news instanceof BallotNews.NotYet, RarePath.NOT_YET);
            return news;
        });
    }

    Optional<BallotReport> reportOf(int ballot) {
        return site.step("report of " + ballot, Named.ballot(ballot), replica -> replica.reportOf(ballot, site.now()));
    }

    Boolean onOpened(BallotNews.Opened opened) {
        return site.step("opened " + opened.number(), Named.ballot(opened.number()), replica -> {
            world.countIf(opened.number() <= replica.event().lastEnded(), RarePath.LATE_OPENED);
            return replica.onOpened(opened, site.now());
        });
    }

    Testimony testimony(SiteName lost) {
        return site.step("testifies to " + lost, Named.EVERYTHING, replica -> {
            var running = replica.transactions().values().stream().anyMatch(Transaction::isRunningHere);
            world.countIf(running, RarePath.ABORTED_BY_LOSS);
            return replica.testify(lost, site.now());
        });
    }

    /** A site says that it is there only if its database is. */
    Boolean ping() {
        site.askDatabase();
        return true;
    }

    Boolean takeBytes(Sha256 bytes) {
        ping();
        site.keepBytes(bytes);
        return true;
    }
}
