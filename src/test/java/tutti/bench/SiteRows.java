package tutti.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tutti.bench.LoadedEvent.Committed;
import tutti.cluster.Site;
import tutti.photo.Photo;

/** What one site has in its tables of some events, in the form that {@code LOAD DATA} reads. */
final class SiteRows {

    private static final int PREPARING_SECONDS = 5;

    private enum Table {
        EVENT("id, phase, title, description, max_contributors, voting_seconds, master, creator, created_us,"
                + " published_us, last_ended, attempts, changes, revision"),
        PHOTO("event_id, id, contributor, name, caption, site, uploaded_us, type, width, height, bytes, sha256"),
        BALLOT("event_id, number, digest, state, reason, opened_us, deadline_us, ended_us, accepted, reported,"
                + " announced, publish"),
        VOTE("event_id, ballot, contributor, choice, digest, cast_us"),
        COMMITMENT(
                "event_id, id, state, live, content, peers, acknowledged, deadline_us, carried, since_us, decided_us");

        private final String columns;

        Table(String columns) {
            this.columns = columns;
        }

        String statement() {
            return "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + name().toLowerCase(Locale.ROOT)
                    + " CHARACTER SET utf8mb4 (" + columns + ")";
        }
    }

    private final Site site;
    private final String peers;
    private final Map<Table, StringBuilder> rows = new EnumMap<>(Table.class);

    SiteRows(Site site) {
        this.site = site;
        this.peers = list(Site.allBut(site).stream().map(Site::id).sorted().toList());
        Stream.of(Table.values()).forEach(table -> rows.put(table, new StringBuilder()));
    }

    void add(LoadedEvent event) {
        var transactions = event.transactions();
        addEvent(event, transactions);
        event.photos().forEach(photo -> addPhoto(event, photo));
        transactions.forEach(transaction -> addCommitment(event, transaction));
        if (event.hadBallot()) {
            addBallot(event);
            addVotes(event);
        }
    }

    private void addEvent(LoadedEvent event, List<Committed> transactions) {
        var details = event.details();
        add(
                Table.EVENT,
                event.id(),
                event.isPublished() ? "PUBLISHED" : "OPEN",
                details.title(),
                details.description(),
                details.maxContributors(),
                details.votingSeconds(),
                details.master(),
                details.creator(),
                micros(details.createdAt()),
                event.isPublished() ? micros(event.publishedAt()) : null,
                event.hadBallot() ? 1 : 0,
                transactions.stream().filter(this::isOwn).count(),
                event.photos().size(),
                2 * transactions.size());
    }

    private void addPhoto(LoadedEvent event, Photo photo) {
        var picture = photo.picture();
        add(
                Table.PHOTO,
                event.id(),
                photo.id(),
                photo.contributor(),
                photo.name(),
                photo.caption(),
                photo.site(),
                micros(photo.uploadedAt()),
                picture.type(),
                picture.width(),
                picture.height(),
                picture.bytes(),
                picture.sha256());
    }

    private void addBallot(LoadedEvent event) {
        var isMaster = event.master() == site;
        add(
                Table.BALLOT,
                event.id(),
                1,
                event.digest(),
                event.isPublished() ? "PUBLISHED" : "ABORTED",
                event.isPublished() ? null : "TIMEOUT",
                micros(event.ballotOpenedAt()),
                micros(event.ballotDeadline()),
                micros(event.isPublished() ? event.publishedAt() : event.ballotDeadline()),
                list(event.acceptedIds()),
                isMaster ? 0 : votesHere(event),
                isMaster ? peers : "",
                isMaster ? event.publication().orElse(null) : null);
    }

    private long votesHere(LoadedEvent event) {
        return event.accepted().stream().filter(member -> member.home() == site).count();
    }

    private void addVotes(LoadedEvent event) {
        event.accepted().stream()
                .filter(member -> member.home() == site)
                .forEach(member -> add(
                        Table.VOTE,
                        event.id(),
                        1,
                        member.id(),
                        "ACCEPT",
                        event.digest(),
                        micros(event.ballotOpenedAt())));
    }

    private void addCommitment(LoadedEvent event, Committed transaction) {
        var isOwn = isOwn(transaction);
        add(
                Table.COMMITMENT,
                event.id(),
                transaction.id(),
                "COMMITTED",
                0,
                transaction.content(),
                isOwn ? peers : null,
                isOwn ? peers : null,
                isOwn ? micros(transaction.at().plusSeconds(PREPARING_SECONDS)) : null,
                0,
                micros(transaction.at()),
                micros(transaction.at().plusMillis(50)));
    }

    private boolean isOwn(Committed transaction) {
        return transaction.coordinator() == site;
    }

    private void add(Table table, Object... columns) {
        var line = Stream.of(columns).map(column -> Objects.toString(column, "\\N"));
        rows.get(table).append(line.collect(Collectors.joining("\t"))).append('\n');
    }

    private static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Stores them all. */
    void load(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var load = statement.unwrap(org.mariadb.jdbc.Statement.class);
            for (var table : Table.values()) {
                load.setLocalInfileInputStream(bytes(rows.get(table)));
                load.execute(table.statement());
            }
        }
    }

    private static InputStream bytes(StringBuilder text) {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
