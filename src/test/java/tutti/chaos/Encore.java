package tutti.chaos;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;

/**
 * When all is mended, one event at each master: somebody at each site adds a photo, all accept, and so it has to be
 * published, at all sites, in its first ballot. In one more event somebody stays silent, and so its ballot has to end in time,
 * by the stopwatch of the test and not by the sites' clocks, which have jumped.
 */
final class Encore {

    private static final Duration STEP_MOST = Duration.ofSeconds(45);
    private static final int VOTING_SECONDS = 120;
    private static final int SHORT_VOTING_SECONDS = 5;

    /** The grace, and a few seconds. */
    private static final Duration OVERTIME_MOST = Duration.ofSeconds(10 + 10);

    private static final int PHOTO_BYTES = 4_000;

    private final RunningCluster cluster;
    private final History history;
    private final Random random;
    private final List<Violation> violations = new ArrayList<>();

    Encore(RunningCluster cluster, History history, Random random) {
        this.cluster = cluster;
        this.history = history;
        this.random = random;
    }

    List<Violation> violations() {
        for (var master : Site.values()) {
            inTime(master, () -> publish(master));
        }
        var master = Site.values()[random.nextInt(Site.values().length)];
        inTime(master, () -> runOut(master));
        return violations;
    }

    private void inTime(Site master, Runnable play) {
        try {
            play.run();
        } catch (ConditionTimeoutException e) {
            violated("an event of " + master + ": " + e.getMessage());
        }
    }

    private void violated(String what) {
        violations.add(new Violation(Invariant.IT_ENDS, "with all sites up, " + what));
    }

    private void publish(Site master) {
        var event = created(master, VOTING_SECONDS);
        var guests = guests(event);
        for (var i = 0; i < guests.size(); i++) {
            accept(guests.get(i), Site.values()[i], event, guests.size());
        }
        for (var site : Site.values()) {
            until("it is published at " + site, () -> view(guests.get(0), site, event)
                    .filter(view -> view.getString("status").equals("published")));
        }
    }

    private void runOut(Site master) {
        var event = created(master, SHORT_VOTING_SECONDS);
        var guests = guests(event);
        var opened = accept(guests.get(0), Site.values()[0], event, guests.size());
        var least = opened.sent() + TimeUnit.SECONDS.toMillis(SHORT_VOTING_SECONDS);
        var most = opened.answered() + TimeUnit.SECONDS.toMillis(SHORT_VOTING_SECONDS) + OVERTIME_MOST.toMillis();
        for (var site : Site.values()) {
            until("its ballot has run out at " + site, () -> view(guests.get(0), site, event)
                    .filter(view -> view.getInt("ballotNumber") == 2));
            var tooEarly = opened.status() == 201 && history.now() < least; // else an earlier request had opened it
            if (tooEarly || history.now() > most) {
                violated("a ballot of %s was over at %s after %d ms"
                        .formatted(master, site, history.now() - opened.sent()));
            }
        }
    }

    private String created(Site master, int votingSeconds) {
        return until("it is created", () -> new Visitor(cluster, history, random)
                .create(master, "Encore", votingSeconds)
                .subject());
    }

    /** One at each site, each with a photo. */
    private List<Visitor> guests(String event) {
        var guests = new ArrayList<Visitor>();
        for (var site : Site.values()) {
            var guest = new Visitor(cluster, history, random);
            var photo = GeneratedPhotos.noiseOfBytes(PHOTO_BYTES, random.nextLong());
            until("it takes a photo at " + site, () -> Optional.of(guest.upload(site, event, photo))
                    .filter(Operation::isAcknowledged));
            guests.add(guest);
        }
        return guests;
    }

    /** In the first ballot: another one would mean that the first was refused. */
    private Operation accept(Visitor guest, Site home, String event, int photos) {
        var view = until("all photos are in at " + home, () -> view(guest, home, event)
                .filter(look -> look.getInt("contributorCount") == photos));
        var digest = view.getJsonObject("version").getString("digest");
        return until("it takes a vote at " + home, () -> Optional.of(guest.vote(home, event, "accept", 1, digest))
                .filter(Operation::isAcknowledged));
    }

    private Optional<JsonObject> view(Visitor guest, Site site, String event) {
        return Optional.of(guest.look(site, event)).filter(Operation::isSeen).map(Operation::told);
    }

    private static <T> T until(String what, Supplier<Optional<T>> attempt) {
        return Awaitility.await(what)
                .atMost(STEP_MOST)
                .pollInterval(Duration.ofMillis(200))
                .until(attempt::get, Optional::isPresent)
                .orElseThrow();
    }
}
