package tutti.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Groups of users who go on until they are sent home, each user a thread of this process. */
final class Crowd implements AutoCloseable {

    private record Somebody(Member member, Thread thread) {}

    private final List<URI> sites;
    private final Habits habits;
    private final Deque<Somebody> there = new ArrayDeque<>();
    private Group newest;
    private int groups;
    private volatile Tally tally = new Tally();

    Crowd(List<URI> sites, Habits habits) {
        this.sites = sites;
        this.habits = habits;
    }

    /** Whoever came last leaves first. Returns when the last request of those who leave is answered. */
    void become(int users) throws InterruptedException {
        while (there.size() < users) {
            enter();
        }
        var leaving = new ArrayList<Somebody>();
        while (there.size() > users) {
            leaving.add(there.removeLast());
        }
        leaving.forEach(somebody -> somebody.member().leave());
        for (var somebody : leaving) {
            somebody.thread().join();
        }
    }

    private void enter() {
        if (there.size() % Group.MEMBERS == 0) {
            newest = new Group(
                    habits.photosEach().get(groups++ % habits.photosEach().size()));
        }
        var member = new Member(newest, sites.get(there.size() % sites.size()), habits, () -> tally);
        var thread = new Thread(member, "user");
        thread.setDaemon(true);
        there.add(new Somebody(member, thread));
        thread.start();
    }

    /** Every second one at a site goes through another instance of it. */
    void share(URI site, URI instance) {
        var second = false;
        for (var somebody : there) {
            if (somebody.member().site().equals(site)) {
                if (second) {
                    somebody.member().goesTo(instance);
                }
                second = !second;
            }
        }
    }

    /** What is answered from now on, for so long. */
    Tally during(Duration time) throws InterruptedException {
        var counted = new Tally();
        tally = counted;
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        tally = new Tally();
        return counted;
    }

    @Override
    public void close() {
        try {
            become(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
