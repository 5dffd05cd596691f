package tutti.console;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.SiteName;
import tutti.journal.Backlog;
import tutti.site.Limits;
import tutti.site.SiteReport;
import tutti.site.SiteReporter.Heard;

/**
 * What an operator wants to know first: is all well, and if not, what is it and what does it hold up.
 *
 * @param level of the worst
 * @param findings sentences, the worst first; never empty
 */
public record Verdict(Level level, List<String> findings) {

    /** How bad it is: all is well; it should be looked at; people are held up by it now. */
    public enum Level {
        GOOD,
        WATCH,
        BAD
    }

    /** What is on its way for less than this is just busy. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Duration CLOCK_MOST = Duration.ofSeconds(5);
    private static final int PERCENT_FREE_LEAST = 10;

    public static Verdict of(Map<SiteName, Optional<Heard>> sites) {
        var bad = new ArrayList<String>();
        var watch = new ArrayList<String>();
        var heard = sites.values().stream().flatMap(Optional::stream).toList();
        silent(sites).ifPresent(bad::add);
        heard.stream().map(Heard::report).forEach(report -> ofOne(report, sites, bad, watch));
        inDoubt(heard).ifPresent(watch::add);
        differences(heard, watch);
        heard.stream()
                .filter(one -> one.ahead().abs().compareTo(CLOCK_MOST.plus(one.took())) > 0)
                .forEach(one -> watch.add("The clock of " + one.report().site() + " is "
                        + Ages.text(one.ahead().abs()) + (one.ahead().isNegative() ? " behind." : " ahead.")));
        if (!bad.isEmpty()) {
            bad.addAll(watch);
            return new Verdict(Level.BAD, bad);
        }
        return watch.isEmpty()
                ? new Verdict(Level.GOOD, List.of("All " + sites.size() + " sites serve, and nothing is held up."))
                : new Verdict(Level.WATCH, watch);
    }

    private static Optional<String> silent(Map<SiteName, Optional<Heard>> sites) {
        var silent = sites.keySet().stream()
                .filter(site -> sites.get(site).isEmpty())
                .toList();
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        var all = silent.size() == 1 ? silent.get(0) + " does not answer." : Names.of(silent) + " do not answer.";
        return Optional.of(
                all + " Until all sites are there, new photos wait and nothing is published; reading goes on.");
    }

    private static void ofOne(
            SiteReport report, Map<SiteName, Optional<Heard>> sites, List<String> bad, List<String> watch) {
        report.trouble().ifPresent(why -> bad.add(report.site() + ": " + why));
        Set<SiteName> unheard = new TreeSet<>(report.silent());
        unheard.removeIf(peer -> sites.getOrDefault(peer, Optional.empty()).isEmpty());
        if (!unheard.isEmpty()) {
            bad.add(report.site() + " does not hear " + Names.of(unheard) + ", which is up: a link is broken.");
        }
        if (report.backlog().isEmpty()) {
            bad.add("The database of " + report.site() + " is out of reach: nothing is read or written there.");
        }
        report.drainedSince().ifPresent(since -> watch.add(drained(report, since)));
        if (!report.paused().isEmpty()) {
            bad.add(report.site() + " delivers nothing to " + Names.of(report.paused())
                    + ", as an operator has asked. New photos of its users wait, and it publishes nothing.");
        }
        report.backlog()
                .flatMap(backlog -> backlog.owedSince())
                .map(since -> Duration.between(since, report.at()))
                .filter(age -> age.compareTo(LONG) > 0)
                .ifPresent(
                        age -> watch.add(report.site() + " has owed its peers something for " + Ages.text(age) + "."));
        if (report.diskFree() < Long.parseLong(report.measures().getOrDefault(Limits.DISK_FREE_MIN, "0"))) {
            bad.add("The disk of " + report.site()
                    + " is nearly full, so it takes no photos: new ones wait, everywhere.");
        } else if (report.diskFree() * 100 < report.diskSize() * PERCENT_FREE_LEAST) {
            watch.add("The disk of " + report.site() + " has only " + report.diskFree() * 100 / report.diskSize()
                    + " % left.");
        }
    }

    private static String drained(SiteReport report, Instant since) {
        var settled = report.backlog().filter(Verdict::isSettled).isPresent();
        return report.site() + " has taken nothing new for " + Ages.text(Duration.between(since, report.at())) + ": "
                + (settled
                        ? "nothing is under way there any more, so it can be stopped."
                        : "wait until nothing is under way there before you stop it.");
    }

    private static boolean isSettled(Backlog backlog) {
        return backlog.owing() == 0 && backlog.inDoubt().isEmpty() && backlog.openBallots() == 0;
    }

    private static Optional<String> inDoubt(Collection<Heard> heard) {
        var doubts = Doubt.joined(heard).stream()
                .filter(doubt -> doubt.age().compareTo(LONG) > 0)
                .toList();
        return doubts.isEmpty()
                ? Optional.empty()
                : Optional.of((doubts.size() == 1 ? "One transaction is" : doubts.size() + " transactions are")
                        + " in doubt, the oldest for " + Ages.text(doubts.get(0).age()) + "; its coordinator is "
                        + doubts.get(0).id().coordinator() + ".");
    }

    /** Sites with other limits refuse what others have allowed, and with other times give up too early. */
    private static void differences(Collection<Heard> heard, List<String> watch) {
        var sites = new TreeMap<String, SortedMap<String, List<SiteName>>>();
        for (var one : heard) {
            one.report().measures().forEach((key, value) -> sites.computeIfAbsent(key, unknown -> new TreeMap<>())
                    .computeIfAbsent(value, unknown -> new ArrayList<>())
                    .add(one.report().site()));
        }
        sites.forEach((key, values) -> {
            if (values.size() > 1) {
                watch.add(key + " is not the same everywhere: "
                        + values.entrySet().stream()
                                .map(value -> value.getKey() + " at " + Names.of(value.getValue()))
                                .collect(joining(", "))
                        + ".");
            }
        });
    }
}
