package tutti.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tutti.bench.Tally.Deed;
import tutti.pictures.GeneratedPhotos;

/**
 * Somebody of a group, always at the same site. Looks at the event, at its montage whenever that is another one, adds photos now
 * and then, and votes when all photos are in. Who is told to come back later does so.
 */
final class Member implements Runnable {

    private static final AtomicLong PHOTOS = new AtomicLong(System.nanoTime());
    private static final int THOUGHTS_MOST = 3;
    private static final int DONE = 300;

    private final Group group;
    private final Habits habits;
    private final Supplier<Tally> tally;
    private final BenchGuest guest = new BenchGuest();
    private final CountDownLatch leaves = new CountDownLatch(1);
    private volatile URI site;

    private String event = "";
    private String montage = "";
    private int voted;
    private long patienceMillis;

    Member(Group group, URI site, Habits habits, Supplier<Tally> tally) {
        this.group = group;
        this.site = site;
        this.habits = habits;
        this.tally = tally;
    }

    URI site() {
        return site;
    }

    void goesTo(URI other) {
        site = other;
    }

    /** After what is being asked just now. */
    void leave() {
        leaves.countDown();
    }

    @Override
    public void run() {
        try {
            while (!leaves.await(thoughtMillis() + patienceMillis, TimeUnit.MILLISECONDS)) {
                patienceMillis = 0;
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As long apart as what people do independently of each other, without the few very long ones. */
    private long thoughtMillis() {
        var thoughts = -Math.log(1 - ThreadLocalRandom.current().nextDouble());
        return Math.round(habits.think().toMillis() * Math.min(thoughts, THOUGHTS_MOST));
    }

    private void turn() throws InterruptedException {
        var now = group.event();
        if (now.isEmpty()) {
            begin();
        } else if (!now.get().equals(event)) {
            event = now.get();
            montage = "";
            voted = 0;
            done(Deed.LOOK, () -> guest.eventPage(site, event));
        } else {
            var view = done(Deed.LOOK, () -> guest.look(site, event));
            if (view.isPresent()) {
                act(BenchGuest.json(view.get()));
            }
        }
    }

    private void begin() throws InterruptedException {
        if (group.isYoursToBegin()) {
            var created = done(Deed.CREATE, () -> guest.begin(site, "Benchmark"));
            group.hasBegun(created.map(answer -> BenchGuest.json(answer).getString("id")));
        }
    }

    private void act(JsonObject view) throws InterruptedException {
        var status = view.getString("status");
        if (status.equals("published")) {
            group.isOver(event);
            return;
        }
        var you = view.getJsonObject("you");
        if (you.getBoolean("contributor")) {
            lookAtMontage(view.getJsonObject("version").getString("digest"));
            if (view.getJsonObject("version").getInt("number") >= group.photosWanted()) {
                vote(view);
                return;
            }
        }
        if (status.equals("open")
                && you.getJsonArray("photos").size() < group.photosEach()
                && ThreadLocalRandom.current().nextDouble() < habits.uploads()) {
            var photo = GeneratedPhotos.numbered(habits.photo(), PHOTOS.incrementAndGet());
            done(Deed.UPLOAD, () -> guest.upload(site, event, photo));
        }
    }

    private void lookAtMontage(String digest) throws InterruptedException {
        if (!digest.equals(montage)
                && done(Deed.LOOK, () -> guest.montageOfAPhone(site, event)).isPresent()) {
            montage = digest;
        }
    }

    private void vote(JsonObject view) throws InterruptedException {
        var ballot = view.getInt("ballotNumber");
        var digest = view.getJsonObject("version").getString("digest");
        if (ballot != voted
                && done(Deed.VOTE, () -> guest.vote(site, event, ballot, digest))
                        .isPresent()) {
            voted = ballot;
        }
    }

    private interface Request {
        HttpResponse<byte[]> answer() throws IOException, InterruptedException;
    }

    /** Counts how it ended; the answer, where it was done. */
    private Optional<HttpResponse<byte[]>> done(Deed deed, Request request) throws InterruptedException {
        var from = System.nanoTime();
        try {
            var answer = request.answer();
            var retryAfter = answer.headers().firstValueAsLong("Retry-After");
            tally.get().answered(deed, answer, System.nanoTime() - from);
            patienceMillis = TimeUnit.SECONDS.toMillis(retryAfter.orElse(0));
            return answer.statusCode() < DONE ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            tally.get().silent(deed, e);
            return Optional.empty();
        }
    }
}
