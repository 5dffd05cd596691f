package tutti.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the database does for one statement, as it says itself.
 *
 * @param statement with question marks in the place of values
 * @param steps one for each table that it looks at
 * @param read how many rows it really goes through; empty for a statement that changes some
 */
record Explained(String statement, List<Step> steps, Optional<Long> read) {

    /** Fewer rows than this are no more than a page or two. */
    private static final long FEW_ROWS = 1000;

    private static final Set<String> WHOLE = Set.of("ALL", "index");

    private static final String ROWS_READ = "SHOW SESSION STATUS LIKE 'Handler_read%'";

    /**
     * @param way how the rows are found, in MariaDB's words: {@code ref}, {@code range}, {@code ALL} …
     * @param rows how many the optimizer expects
     */
    record Step(String table, String way, String key, long rows) {

        /** Whether it goes through all of a table or of one of its keys, unless a limit ends that early. */
        boolean isOfAll() {
            return WHOLE.contains(way) && !table.startsWith("<");
        }

        @Override
        public String toString() {
            return table + " " + way + " " + key + " " + rows;
        }
    }

    /**
     * Whether it goes through all of a table that has more than a few rows. What it really reads tells, where that is
     * known: with a limit it may end early, or the optimizer may only hope so.
     */
    boolean hasFullScan() {
        return steps.stream().anyMatch(step -> step.isOfAll() && read.orElse(step.rows) > FEW_ROWS);
    }

    @Override
    public String toString() {
        return "  " + steps + ", " + read.map(rows -> rows + " rows read").orElse("changes rows") + ": " + statement;
    }

    /** One of each that was sent, in the order of their texts; without those that look at no rows. */
    static Collection<Explained> each(List<String> statements, Connection connection) throws SQLException {
        var distinct = new TreeMap<String, Explained>();
        for (var sql : statements) {
            var shape = shape(sql);
            if (!distinct.containsKey(shape) && isExplained(sql)) {
                distinct.put(shape, new Explained(shape, steps(sql, connection), read(sql, connection)));
            }
        }
        return distinct.values();
    }

    /** A statement that was prepared before the log was switched on is in it without its values. */
    private static boolean isExplained(String sql) {
        return sql.matches("(?i)(SELECT|UPDATE|DELETE) .*")
                && sql.matches("(?i).*\\b(FROM|UPDATE)\\b.*")
                && !sql.contains("?");
    }

    private static String shape(String sql) {
        return sql.replaceAll("'(?:[^'\\\\]|\\\\.)*'", "?")
                .replaceAll("\\b\\d+\\b", "?")
                .replaceAll("\\((\\?)(?:\\s*,\\s*\\?)+\\)", "(?, …)");
    }

    private static List<Step> steps(String sql, Connection connection) throws SQLException {
        try (var explain = connection.createStatement();
                var rows = explain.executeQuery("EXPLAIN " + sql)) {
            var steps = new ArrayList<Step>();
            while (rows.next()) {
                if (rows.getString("table") != null) {
                    steps.add(new Step(
                            rows.getString("table"),
                            rows.getString("type"),
                            Objects.toString(rows.getString("key"), "no key"),
                            rows.getLong("rows")));
                }
            }
            return steps;
        }
    }

    /** What the server counts while it runs, less what it counts for telling so. */
    private static Optional<Long> read(String sql, Connection connection) throws SQLException {
        if (!sql.regionMatches(true, 0, "SELECT", 0, "SELECT".length())) {
            return Optional.empty();
        }
        var before = rowsRead(connection);
        var between = rowsRead(connection);
        try (var select = connection.createStatement();
                var rows = select.executeQuery(sql)) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
        return Optional.of(rowsRead(connection) - between - (between - before));
    }

    private static long rowsRead(Connection connection) throws SQLException {
        try (var show = connection.createStatement();
                var rows = show.executeQuery(ROWS_READ)) {
            var sum = 0L;
            while (rows.next()) {
                sum += rows.getLong(2);
            }
            return sum;
        }
    }
}
