package tutti.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tutti.commit.SiteName;
import tutti.photo.ContributorId;

/** How values lie in columns: times as microseconds since 1970 UTC, short lists separated by blanks, nothing as null. */
final class Columns {

    private Columns() {}

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Long micros(Optional<Instant> time) {
        return time.map(Columns::micros).orElse(null);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Optional<Instant> instant(Long micros) {
        return Optional.ofNullable(micros).map(present -> instant(present.longValue()));
    }

    static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    static TreeSet<SiteName> sites(String list) {
        return set(list, SiteName::new);
    }

    static TreeSet<ContributorId> contributors(String list) {
        return set(list, ContributorId::new);
    }

    private static <T> TreeSet<T> set(String list, Function<String, T> read) {
        return list == null || list.isEmpty()
                ? new TreeSet<>()
                : Arrays.stream(list.split(" ")).map(read).collect(Collectors.toCollection(TreeSet::new));
    }
}
