package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tutti.commit.SiteName;
import tutti.event.EventId;
import tutti.journal.Dossier.Entry;
import tutti.journal.Dossier.Outline;

/** Reads what there is of one event; by its id alone, so at the cost of its own rows. */
@ApplicationScoped
class DossierRows extends Tables {

    private static final int TRANSACTIONS_MOST = 120;
    private static final int BALLOTS_MOST = 40;
    private static final int VOTES_MOST = 100;
    private static final int SEARCHED_MOST = 10_000;

    @Transactional(TxType.REQUIRES_NEW)
    public Dossier read(EventId event) {
        var entries = new ArrayList<Entry>();
        transactions(event, entries);
        ballots(event, entries);
        votes(event, entries);
        entries.sort(Comparator.comparing(Entry::at).reversed());
        return new Dossier(outline(event), entries);
    }

    /** The newest first; of old ones, further back than anybody scrolls, none is found by its words. */
    @Transactional(TxType.REQUIRES_NEW)
    public List<Listed> list(String words, int most) {
        List<?> rows = database.createNativeQuery("SELECT e.id, e.title, e.phase, e.master, e.created_us,"
                        + " (SELECT COUNT(*) FROM photo p WHERE p.event_id = e.id)"
                        + " FROM (SELECT id, title, phase, master, created_us FROM event WHERE created_us IS NOT NULL"
                        + " ORDER BY created_us DESC LIMIT " + SEARCHED_MOST + ") e"
                        + " WHERE LOCATE(?, e.title) > 0 OR ? = '' ORDER BY e.created_us DESC LIMIT " + most)
                .setParameter(1, words)
                .setParameter(2, words)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Listed(
                        new EventId(row[0].toString()),
                        row[1].toString(),
                        row[2].toString(),
                        new SiteName(row[3].toString()),
                        Columns.instant(number(row[4])),
                        (int) number(row[5])))
                .toList();
    }

    private Optional<Outline> outline(EventId event) {
        return rows(
                        "SELECT e.title, e.phase, e.master, e.revision,"
                                + " (SELECT COUNT(*) FROM photo p WHERE p.event_id = e.id),"
                                + " (SELECT COUNT(*) FROM upload u WHERE u.event_id = e.id AND u.refusal IS NULL), e.frozen"
                                + " FROM event e WHERE e.id = ?",
                        event)
                .stream()
                .findFirst()
                .map(row -> new Outline(
                        text(row[0]).orElse(""),
                        row[1].toString(),
                        text(row[2]).map(SiteName::new),
                        number(row[3]),
                        (int) number(row[4]),
                        (int) number(row[5]),
                        Boolean.TRUE.equals(row[6])));
    }

    private void transactions(EventId event, List<Entry> entries) {
        rows(
                        "SELECT id, state, reason, since_us, decided_us, peers, acknowledged FROM commitment"
                                + " WHERE event_id = ? ORDER BY since_us DESC LIMIT " + TRANSACTIONS_MOST,
                        event)
                .forEach(row -> {
                    var id = row[0].toString();
                    entries.add(new Entry(Columns.instant(number(row[3])), id, "promised"));
                    if (row[4] != null) {
                        entries.add(new Entry(Columns.instant(number(row[4])), id, decision(row)));
                    }
                });
    }

    /** Such as {@code aborted: out-of-time; not yet acknowledged by asia}. */
    private static String decision(Object[] row) {
        var silent = Columns.sites(text(row[5]).orElse(null));
        silent.removeAll(Columns.sites(text(row[6]).orElse(null)));
        return row[1].toString().toLowerCase(Locale.ROOT)
                + reason(row[2])
                + (silent.isEmpty()
                        ? ""
                        : "; not yet acknowledged by "
                                + silent.stream().map(SiteName::name).collect(Collectors.joining(", ")));
    }

    private void ballots(EventId event, List<Entry> entries) {
        rows(
                        "SELECT number, state, reason, opened_us, deadline_us, ended_us FROM ballot"
                                + " WHERE event_id = ? ORDER BY number DESC LIMIT " + BALLOTS_MOST,
                        event)
                .forEach(row -> {
                    var ballot = "ballot:" + row[0];
                    if (row[3] != null) {
                        var until = row[4] == null ? "" : ", until " + Columns.instant(number(row[4]));
                        entries.add(new Entry(Columns.instant(number(row[3])), ballot, "opened" + until));
                    }
                    if (row[5] != null) {
                        entries.add(new Entry(
                                Columns.instant(number(row[5])),
                                ballot,
                                row[1].toString().toLowerCase(Locale.ROOT) + reason(row[2])));
                    }
                });
    }

    private void votes(EventId event, List<Entry> entries) {
        rows("SELECT ballot, cast_us FROM vote WHERE event_id = ? ORDER BY cast_us DESC LIMIT " + VOTES_MOST, event)
                .forEach(row -> entries.add(
                        new Entry(Columns.instant(number(row[1])), "ballot:" + row[0], "a vote is stored")));
    }

    private static String reason(Object reason) {
        return text(reason)
                .map(why -> ": " + why.toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("");
    }

    private List<Object[]> rows(String query, EventId event) {
        List<?> rows =
                database.createNativeQuery(query).setParameter(1, event.value()).getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }

    private static Optional<String> text(Object column) {
        return Optional.ofNullable(column).map(Object::toString);
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
