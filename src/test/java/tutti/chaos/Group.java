package tutti.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;

/** People who go from event to event together; the first of them creates each. */
final class Group {

    /** What a host puts up with before the group goes on to another event, published or not. */
    private static final long PATIENCE_MILLIS = 150_000;

    private final History history;
    private final AtomicReference<Party> party = new AtomicReference<>();
    private final List<Member> members = new ArrayList<>();

    /** @param size at least 2 */
    Group(RunningCluster cluster, History history, int size, Random random) {
        this.history = history;
        var sites = Site.values();
        var stranger = new Visitor(cluster, history, random);
        for (var i = 0; i < size; i++) {
            var own = new Random(random.nextLong());
            var visitor = new Visitor(cluster, history, own);
            members.add(new Member(this, visitor, stranger, sites[own.nextInt(sites.length)], own));
        }
    }

    List<Member> members() {
        return members;
    }

    boolean isHost(Member member) {
        return members.get(0) == member;
    }

    /** Where the group is now; empty between events. */
    Optional<Party> party() {
        var now = party.get();
        if (now != null && history.now() - now.begun() > PATIENCE_MILLIS) {
            leave(now);
            return Optional.empty();
        }
        return Optional.ofNullable(now);
    }

    void goTo(String event) {
        party.set(Party.at(event, history.now()));
    }

    void leave(Party left) {
        party.compareAndSet(left, null);
    }
}
