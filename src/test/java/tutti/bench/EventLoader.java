package tutti.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tutti.cluster.Site;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.pictures.GeneratedPhotos;
import tutti.verify.SiteStore;

/**
 * Fills a cluster with events of long ago, faster than anybody could create them: their rows go straight into the four
 * databases, and a few hundred small photos, which all events share, into the four folders.
 */
final class EventLoader {

    private static final int PICTURES = 300;
    private static final int SIDE_PIXELS = 240;
    private static final int EVENTS_AT_ONCE = 1000;
    private static final int STATEMENT_MILLIS_MOST = 600_000;

    /**
     * The keys in which neighbours do not lie beside each other. A database that is given a few megabytes of memory would read
     * and write a page for each of their entries; made again at the end, they are sorted first.
     */
    private static final List<String> KEYS_AWAY = List.of(
            "ALTER TABLE photo DROP KEY photo_contributor, DROP KEY photo_bytes",
            "ALTER TABLE commitment DROP KEY commitment_bytes");

    private static final List<String> KEYS_BACK = List.of(
            "ALTER TABLE photo ADD KEY photo_contributor (contributor, event_id), ADD KEY photo_bytes (sha256)",
            "ALTER TABLE commitment ADD KEY commitment_bytes (sha256)",
            "ANALYZE TABLE event, photo, ballot, vote, commitment");

    private final List<SiteStore> stores;
    private final ExecutorService threads;
    private final List<Picture> pictures = new ArrayList<>();
    private int loaded;

    private EventLoader(List<SiteStore> stores, ExecutorService threads) {
        this.stores = stores;
        this.threads = threads;
    }

    /** @param stores of all sites, in the order of {@link Site} */
    static EventLoader into(List<SiteStore> stores, ExecutorService threads) throws IOException {
        var loader = new EventLoader(stores, threads);
        loader.addPictures();
        return loader;
    }

    private void addPictures() throws IOException {
        for (var seed = 0; seed < PICTURES; seed++) {
            var bytes = GeneratedPhotos.jpeg(SIDE_PIXELS, SIDE_PIXELS * 3 / 4, 1, seed, 0.8);
            var sha256 = Sha256.of(bytes);
            pictures.add(new Picture("image/jpeg", SIDE_PIXELS, SIDE_PIXELS * 3 / 4, bytes.length, sha256));
            for (var store : stores) {
                Path shelf = Files.createDirectories(
                        store.photos().resolve(sha256.hex().substring(0, 2)));
                Files.write(shelf.resolve(sha256.hex()), bytes);
            }
        }
    }

    /** Loads more events, until there are so many. */
    void fill(int events) throws InterruptedException, ExecutionException {
        // In the order of their ids, as they lie in the tables.
        var more = IntStream.range(loaded, events)
                .boxed()
                .sorted(Comparator.comparing(LoadedEvent::idOf))
                .toList();
        atAll(site -> execute(site, KEYS_AWAY));
        for (var from = 0; from < more.size(); from += EVENTS_AT_ONCE) {
            var some = more.subList(from, Math.min(more.size(), from + EVENTS_AT_ONCE)).stream()
                    .map(this::event)
                    .toList();
            atAll(site -> load(site, some));
        }
        atAll(site -> execute(site, KEYS_BACK));
        loaded = events;
    }

    LoadedEvent event(int number) {
        return new LoadedEvent(number, pictures);
    }

    private void load(Site site, List<LoadedEvent> some) throws SQLException {
        var rows = new SiteRows(site);
        some.forEach(rows::add);
        try (var connection = connected(site)) {
            rows.load(connection);
        }
    }

    private void execute(Site site, List<String> statements) throws SQLException {
        try (var connection = connected(site);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Connection connected(Site site) throws SQLException {
        var store = stores.get(site.ordinal());
        var connection = DriverManager.getConnection(store.url(), store.user(), store.password());
        connection.setNetworkTimeout(threads, STATEMENT_MILLIS_MOST);
        return connection;
    }

    private interface Work {
        void at(Site site) throws SQLException;
    }

    private void atAll(Work work) throws InterruptedException, ExecutionException {
        var all = Stream.of(Site.values())
                .<Callable<Void>>map(site -> () -> {
                    work.at(site);
                    return null;
                })
                .toList();
        for (var one : threads.invokeAll(all)) {
            one.get();
        }
    }
}
