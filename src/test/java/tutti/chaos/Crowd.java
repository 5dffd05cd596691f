package tutti.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import tutti.cluster.RunningCluster;

/** All users, each a thread that acts, thinks for a moment, and acts again. */
final class Crowd {

    private static final int GROUPS = 6;
    private static final long LAST_ANSWER_SECONDS = 90;

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Member> members = new ArrayList<>();
    private final List<Future<?>> acting = new ArrayList<>();
    private final Random random;

    Crowd(RunningCluster cluster, History history, Random random) {
        this.random = random;
        for (var i = 0; i < GROUPS; i++) {
            members.addAll(new Group(cluster, history, 2 + random.nextInt(3), random).members());
        }
    }

    void begin() {
        ExecutorService threads = Executors.newFixedThreadPool(members.size());
        for (var member : members) {
            var thinking = new Random(random.nextLong());
            acting.add(threads.submit(() -> live(member, thinking)));
        }
        threads.shutdown();
    }

    private void live(Member member, Random thinking) {
        try {
            var pace = Pace.ADDING;
            while (!over.await(1 + thinking.nextInt(pace.millisMost()), TimeUnit.MILLISECONDS)) {
                pace = member.act();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the last one has got an answer, or given up. */
    void end() throws Exception {
        over.countDown();
        for (var one : acting) {
            one.get(LAST_ANSWER_SECONDS, TimeUnit.SECONDS);
        }
    }
}
