package tutti.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.ballot.Ballot;
import tutti.ballot.CastVote;
import tutti.commit.Coordination;
import tutti.commit.Promise;
import tutti.commit.SiteName;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.EventId;
import tutti.photo.ContributorId;

/**
 * All that one step has turned at one site. The turns of all sites together tell what a cluster has done, and can be laid
 * beside what the protocol allows.
 *
 * @param revision how many steps have changed the event at this site, this one included
 * @param turns empty where the step has changed nothing but bookkeeping
 */
public record Turns(SiteName site, EventId event, long revision, List<Turn> turns) {

    private static final String NONE = "NONE";

    /** What one step has turned. */
    public static Turns between(EventReplica before, EventReplica after, long revision) {
        var turns = new ArrayList<Turn>();
        after.transactions().forEach((id, now) -> {
            var old = Optional.ofNullable(before.transactions().get(id));
            promise(old, now).ifPresent(turns::add);
            acknowledgement(old, now).ifPresent(turns::add);
        });
        before.transactions().forEach((id, old) -> {
            if (!after.transactions().containsKey(id)) {
                turns.add(new Turn(id.toString(), old.promise().state().name(), NONE, List.of()));
            }
        });
        after.ballots().forEach((number, now) -> {
            var old = Optional.ofNullable(before.ballots().get(number));
            ballot(old, now).ifPresent(turns::add);
            now.votes().forEach((contributor, vote) -> {
                if (old.flatMap(ballot -> ballot.voteOf(contributor)).isEmpty()) {
                    turns.add(vote(number, contributor, vote));
                }
            });
        });
        return new Turns(after.self(), after.id(), revision, turns);
    }

    private static Optional<Turn> promise(Optional<Transaction> old, Transaction now) {
        var from = old.map(Transaction::promise).orElse(Promise.none()).state();
        var to = now.promise().state();
        if (from == to) {
            return Optional.empty();
        }
        var more = new ArrayList<String>();
        if (to == Promise.State.PREPARED) {
            now.change().ifPresent(change -> more.addAll(gist(change)));
        }
        if (to == Promise.State.COMMITTED
                && now.change().filter(Turns::isOfPhoto).isPresent()) {
            more.add("carried=" + now.carried());
        }
        now.reason().ifPresent(why -> more.add("reason=" + why.code()));
        return Optional.of(new Turn(now.id().toString(), from.name(), to.name(), more));
    }

    private static boolean isOfPhoto(Change change) {
        return change instanceof AddPhoto || change instanceof RemovePhoto;
    }

    private static List<String> gist(Change change) {
        if (change instanceof AddPhoto add) {
            return List.of(
                    "contributor=" + add.photo().contributor(),
                    "uploaded=" + add.photo().uploadedAt());
        }
        if (change instanceof PublishMontage publish) {
            return List.of("digest=" + publish.digest().hex());
        }
        if (change instanceof RemovePhoto removal) {
            return List.of(
                    "contributor=" + removal.photo().contributor(),
                    "uploaded=" + removal.photo().uploadedAt(),
                    "site=" + removal.photo().site());
        }
        if (change instanceof Erase erase) {
            return List.of("contributor=" + erase.contributor());
        }
        return change instanceof CreateEvent create
                ? create.details()
                        .style()
                        .look()
                        .map(styled -> List.of("look=" + styled))
                        .orElse(List.of())
                : List.of();
    }

    private static Optional<Turn> acknowledgement(Optional<Transaction> old, Transaction now) {
        var peers = new TreeSet<SiteName>();
        now.coordination().map(Coordination::acknowledged).ifPresent(peers::addAll);
        old.flatMap(Transaction::coordination).map(Coordination::acknowledged).ifPresent(peers::removeAll);
        if (peers.isEmpty()) {
            return Optional.empty();
        }
        var state = now.promise().state().name();
        var by = peers.stream().map(SiteName::name).collect(Collectors.joining(","));
        return Optional.of(new Turn(now.id().toString(), state, state, List.of("acknowledged=" + by)));
    }

    private static Optional<Turn> ballot(Optional<Ballot> old, Ballot now) {
        var from = old.map(ballot -> ballot.state().name()).orElse(NONE);
        if (from.equals(now.state().name())) {
            return Optional.empty();
        }
        var more = new ArrayList<String>();
        now.digest().ifPresent(digest -> more.add("digest=" + digest.hex()));
        now.reason().ifPresent(why -> more.add("reason=" + why.code()));
        return Optional.of(new Turn("ballot:" + now.number(), from, now.state().name(), more));
    }

    private static Turn vote(int ballot, ContributorId contributor, CastVote vote) {
        return new Turn(
                "vote:" + ballot + ":" + contributor,
                NONE,
                vote.choice().name(),
                List.of("digest=" + vote.digest().hex()));
    }

    /** One line, as whole as the step itself. */
    @Override
    public String toString() {
        return "step site=" + site + " event=" + event + " revision=" + revision
                + turns.stream().map(turn -> "; " + turn).collect(Collectors.joining());
    }
}
