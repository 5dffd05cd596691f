package tutti.chaos;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tutti.cluster.RunningCluster;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;

/**
 * When all is mended, one event at each master: somebody at each site adds a photo, all accept, and so it has to be
 * published, at all sites, in its first ballot.
 */
final class Encore {

    private static final Duration STEP_MOST = Duration.ofSeconds(45);
    private static final int VOTING_SECONDS = 120;
    private static final int PHOTO_BYTES = 4_000;

    private final RunningCluster cluster;
    private final History history;
    private final Random random;

    Encore(RunningCluster cluster, History history, Random random) {
        this.cluster = cluster;
        this.history = history;
        this.random = random;
    }

    List<Violation> violations() {
        var violations = new ArrayList<Violation>();
        for (var master : Site.values()) {
            try {
                play(master);
            } catch (ConditionTimeoutException e) {
                violations.add(new Violation(
                        Invariant.IT_ENDS, "with all sites up, an event of " + master + ": " + e.getMessage()));
            }
        }
        return violations;
    }

    private void play(Site master) {
        var event = until("it is created", () -> new Visitor(cluster, history, random)
                .create(master, "Encore", VOTING_SECONDS)
                .subject());
        var guests = new ArrayList<Visitor>();
        for (var site : Site.values()) {
            var guest = new Visitor(cluster, history, random);
            var photo = GeneratedPhotos.noiseOfBytes(PHOTO_BYTES, random.nextLong());
            until("it takes a photo at " + site, () -> Optional.of(guest.upload(site, event, photo))
                    .filter(Operation::isAcknowledged));
            guests.add(guest);
        }
        for (var i = 0; i < guests.size(); i++) {
            accept(guests.get(i), Site.values()[i], event, guests.size());
        }
        for (var site : Site.values()) {
            until("it is published at " + site, () -> view(guests.get(0), site, event)
                    .filter(view -> view.getString("status").equals("published")));
        }
    }

    /** In the first ballot: another one would mean that the first was refused. */
    private void accept(Visitor guest, Site home, String event, int photos) {
        var view = until("all photos are in at " + home, () -> view(guest, home, event)
                .filter(look -> look.getInt("contributorCount") == photos));
        var digest = view.getJsonObject("version").getString("digest");
        until("it takes a vote at " + home, () -> Optional.of(guest.vote(home, event, "accept", 1, digest))
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
