package tutti.bench;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tutti.cluster.Site;
import tutti.pictures.GeneratedPhotos;

/**
 * A ballot of six contributors at all four sites, in which everybody has accepted but one. All sites know that, and have nothing
 * more to say to each other about it.
 *
 * @param last who has not accepted yet
 * @param home where that is
 */
record ReadyBallot(String event, Site master, BenchGuest last, Site home, String digest) {

    static final int CONTRIBUTORS = 6;

    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    private static final long PAUSE_MILLIS = 20;
    private static final int CREATED = 201;
    private static final int VOTING_SECONDS = 600;

    /** Few bytes and few pixels, since it is not about photos. */
    private static final byte[] PHOTO = GeneratedPhotos.noiseOfBytes(10_000, 1);

    /**
     * Creates the event, and has it filled and voted on.
     *
     * @param number tells its photos from those of other ballots
     * @param lastAtMaster whether the last accept is given at the event's master, or at another site
     */
    static ReadyBallot prepared(Map<Site, URI> sites, long number, Site master, boolean lastAtMaster)
            throws IOException, InterruptedException {
        var guests = new ArrayList<BenchGuest>();
        var creator = new BenchGuest();
        var event =
                creator.create(sites.get(master), "Benchmark", VOTING_SECONDS).getString("id");
        await(sites, creator, event, view -> "open".equals(view.getString("status", "")));
        for (var i = 0; i < CONTRIBUTORS; i++) {
            var guest = i == 0 ? creator : new BenchGuest();
            guests.add(guest);
            var photo = GeneratedPhotos.numbered(PHOTO, number * CONTRIBUTORS + i);
            require(guest.upload(sites.get(homeOf(i, master)), event, photo).statusCode(), "an upload");
        }
        await(sites, creator, event, view -> view.getInt("contributorCount") == CONTRIBUTORS);
        var digest =
                creator.event(sites.get(master), event).getJsonObject("version").getString("digest");
        var last = lastAtMaster ? 0 : 2;
        for (var i = 0; i < CONTRIBUTORS; i++) {
            if (i != last) {
                require(guests.get(i).accept(sites.get(homeOf(i, master)), event, 1, digest), "a vote");
            }
        }
        await(sites, creator, event, view -> accepted(view) == CONTRIBUTORS - 1);
        return new ReadyBallot(event, master, guests.get(last), homeOf(last, master), digest);
    }

    private static Site homeOf(int guest, Site master) {
        var all = Site.values();
        return all[(master.ordinal() + guest) % all.length];
    }

    private static int accepted(JsonObject view) {
        return view.isNull("ballot") ? 0 : view.getJsonObject("ballot").getInt("accepted");
    }

    /** Asks all sites until each shows it. */
    private static void await(Map<Site, URI> sites, BenchGuest guest, String event, Predicate<JsonObject> shown)
            throws IOException, InterruptedException {
        var from = System.nanoTime();
        for (var site : sites.values()) {
            var view = guest.event(site, event);
            while (!view.containsKey("id") || !shown.test(view)) {
                if (System.nanoTime() - from > GIVE_UP_NANOS) {
                    throw new IllegalStateException(site + " does not show it within a minute: " + view);
                }
                Thread.sleep(PAUSE_MILLIS);
                view = guest.event(site, event);
            }
        }
    }

    /**
     * Has the last one accept.
     *
     * @return how long it takes until strangers have seen at all sites that the montage is public, in nanoseconds
     */
    long publish(Map<Site, URI> sites) throws Exception {
        List<Onlooker> onlookers = new ArrayList<>();
        try {
            for (var site : sites.values()) {
                onlookers.add(Onlooker.at(site, event));
            }
            var from = System.nanoTime();
            require(last.accept(sites.get(home), event, 1, digest), "the last vote");
            var everywhere = from;
            for (var onlooker : onlookers) {
                everywhere = Math.max(everywhere, onlooker.seenPublicAt());
            }
            return everywhere - from;
        } finally {
            onlookers.forEach(Onlooker::close);
        }
    }

    private static void require(int status, String what) {
        if (status != CREATED) {
            throw new IllegalStateException(what + " was answered with " + status);
        }
    }
}
