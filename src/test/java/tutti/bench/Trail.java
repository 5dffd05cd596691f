package tutti.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tutti.verify.SiteStore;
import tutti.verify.Verification;

/**
 * What sites had not done with at one moment, while more comes in all the time: promises, outcomes to be told, photos that wait
 * and events that are being created. A photo that has waited is done with only when no transaction about it is left anywhere.
 */
final class Trail {

    /** They end when their time is over, and not when a site has caught up. */
    private static final String BALLOT = ": open ballot ";

    private static final String PROMISE = ": promise ";
    private static final Pattern WAITS = Pattern.compile(".*: (waiting photo|event that is being created) (\\S+) \\S+");
    private static final Pattern TRANSACTION = Pattern.compile(".*: (?:promise|outcome to be told) ([^@]+)@.*");

    private final Set<String> lines = new HashSet<>();
    private final Set<String> subjects = new HashSet<>();

    private Trail(List<String> underWay) {
        for (var line : underWay) {
            var waits = WAITS.matcher(line);
            if (waits.matches()) {
                subjects.add((waits.group(1).startsWith("waiting") ? "photo:" : "create:") + waits.group(2));
            }
            lines.add(line);
        }
    }

    /** @throws tutti.verify.StoreUnreadable while one of the databases is away */
    static Trail now(List<SiteStore> stores) {
        return new Trail(underWay(stores));
    }

    int length() {
        return lines.size();
    }

    long promises() {
        return lines.stream().filter(line -> line.contains(PROMISE)).count();
    }

    long waiting() {
        return subjects.size();
    }

    boolean isDecided(List<SiteStore> stores) {
        return underWay(stores).stream().noneMatch(line -> line.contains(PROMISE) && lines.contains(line));
    }

    boolean isGone(List<SiteStore> stores) {
        return underWay(stores).stream().noneMatch(this::isLeft);
    }

    private boolean isLeft(String line) {
        var transaction = TRANSACTION.matcher(line);
        return lines.contains(line) || transaction.matches() && subjects.contains(transaction.group(1));
    }

    private static List<String> underWay(List<SiteStore> stores) {
        return Verification.underWay(stores).stream()
                .filter(line -> !line.contains(BALLOT))
                .toList();
    }
}
