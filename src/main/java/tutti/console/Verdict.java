package tutti.console;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.journal.Backlog;
import tutti.site.Limits;
import tutti.site.Silence;
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

    /** A promise is decided within seconds, where its coordinator is there. */
    private static final Duration IN_DOUBT_LONG = Duration.ofSeconds(10);

    private static final Duration CLOCK_MOST = Duration.ofSeconds(5);
    private static final int PERCENT_FREE_LEAST = 10;
    private static final int PERCENT_TAKEN_MOST = 90;

    public static Verdict of(Map<SiteName, Optional<Heard>> sites) {
        var bad = new ArrayList<String>();
        var watch = new ArrayList<String>();
        var heard = sites.values().stream().flatMap(Optional::stream).toList();
        silent(sites, heard, bad);
        heard.stream().map(Heard::report).forEach(report -> ofOne(report, sites, bad, watch));
        mixed(heard, bad);
        inDoubt(sites, heard).ifPresent(watch::add);
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

    /** A sentence for each site that does not answer, as those that do have met it, and one for what that means. */
    private static void silent(Map<SiteName, Optional<Heard>> sites, Collection<Heard> heard, List<String> bad) {
        var silent = sites.keySet().stream()
                .filter(site -> sites.get(site).isEmpty())
                .toList();
        var troubled = heard.stream()
                .map(Heard::report)
                .filter(report -> report.trouble().isPresent())
                .map(SiteReport::site)
                .toList();
        if (!silent.isEmpty() && !troubled.isEmpty() && troubled.size() == heard.size()) {
            bad.add("No answer from " + Names.of(silent) + ", which may well serve: " + Names.of(troubled)
                    + " cannot, and may not be known there any more. Their own consoles say more.");
            return;
        }
        for (var site : silent) {
            bad.add(heard.stream()
                    .flatMap(one -> Optional.ofNullable(one.report().silent().get(site))
                            .map(silence -> new Silent(
                                    silence,
                                    Duration.between(
                                            silence.since(), one.report().at())))
                            .stream())
                    .max(Comparator.comparing(Silent::age))
                    .map(longest -> site + " has not answered for " + Ages.text(longest.age()) + advice(site, longest))
                    .orElse(site + " does not answer."));
        }
        if (!silent.isEmpty()) {
            bad.add("Until all sites are there, new photos wait and nothing is published; reading goes on.");
        }
    }

    private record Silent(Silence silence, Duration age) {}

    private static String advice(SiteName site, Silent silent) {
        return switch (silent.silence().sign()) {
            case REFUSES ->
                ": its machine is there, and nothing runs. Start it there: run-cluster.sh start " + site + ".";
            case HANGS ->
                ": it takes connections and says nothing, so it hangs, or the line to it loses what is said. Look at its"
                        + " log there, and at its load; if it does not come back, stop it and start it again.";
            case OUT_OF_REACH -> ": nobody takes a connection, so its machine or the line to it is down.";
            case UNKNOWN -> ". Look at it on its own machine: run-cluster.sh status.";
        };
    }

    private static void ofOne(
            SiteReport report, Map<SiteName, Optional<Heard>> sites, List<String> bad, List<String> watch) {
        report.trouble().ifPresent(why -> bad.add(report.site() + ": " + why));
        report.silent().forEach((peer, silence) -> {
            if (sites.getOrDefault(peer, Optional.empty())
                    .filter(Verdict::isAble)
                    .isPresent()) {
                bad.add(report.site() + " has not heard " + peer + ", which is up, for "
                        + Ages.text(Duration.between(silence.since(), report.at()))
                        + ": the line between them is broken in this direction. Until it is mended, new photos wait and"
                        + " nothing is published.");
            }
        });
        if (report.backlog().isEmpty()) {
            bad.add("The database of " + report.site()
                    + " is out of reach: nothing is read or written there. If it does not"
                    + " run, start it there: run-cluster.sh start " + report.site() + ".");
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
        var most = Long.parseLong(report.measures().getOrDefault(Limits.SITE_BYTES_MAX, "" + Long.MAX_VALUE));
        var percent = report.photoBytes() * 100 / most;
        if (percent >= 100) {
            bad.add(report.site() + " has as many bytes of photos as it may (" + Limits.SITE_BYTES_MAX
                    + "), so it takes no more: new ones wait, everywhere.");
        } else if (percent >= PERCENT_TAKEN_MOST) {
            watch.add("The photos of " + report.site() + " take " + percent + " % of what they may ("
                    + Limits.SITE_BYTES_MAX + ").");
        }
        if (report.diskFree() < Long.parseLong(report.measures().getOrDefault(Limits.DISK_FREE_MIN, "0"))) {
            bad.add("The disk of " + report.site()
                    + " is nearly full, so it takes no photos: new ones wait, everywhere.");
        } else if (report.diskFree() * 100 < report.diskSize() * PERCENT_FREE_LEAST) {
            watch.add("The disk of " + report.site() + " has only " + report.diskFree() * 100 / report.diskSize()
                    + " % left.");
        }
    }

    /** One that cannot serve does not answer its peers, either: it is not the line then. */
    private static boolean isAble(Heard heard) {
        return heard.report().trouble().isEmpty() && heard.report().backlog().isPresent();
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

    /** People at that site see what is not so. */
    private static void mixed(Collection<Heard> heard, List<String> bad) {
        for (var doubt : Doubt.joined(heard)) {
            for (var site : doubt.mixedAt()) {
                var forced = doubt.forced().get(site).outcome();
                var decided = forced == Outcome.COMMITTED ? Outcome.ABORTED : Outcome.COMMITTED;
                bad.add("Mixed outcome: " + site + " shows a " + doubt.kind() + " as " + Doubt.word(forced)
                        + ", as an operator forced it, and " + doubt.id().coordinator() + " decided "
                        + Doubt.word(decided) + ". Conclude it in the console of " + site + ".");
            }
        }
    }

    private static Optional<String> inDoubt(Map<SiteName, Optional<Heard>> sites, Collection<Heard> heard) {
        var doubts = Doubt.joined(heard).stream()
                .filter(doubt ->
                        doubt.mixedAt().isEmpty() && (doubt.age().compareTo(IN_DOUBT_LONG) > 0 || isAway(doubt, sites)))
                .toList();
        if (doubts.isEmpty()) {
            return Optional.empty();
        }
        var oldest = doubts.get(0);
        var coordinator = oldest.id().coordinator();
        return Optional.of((doubts.size() == 1
                        ? "One transaction has been in doubt for "
                        : doubts.size() + " transactions are in doubt, the oldest for ")
                + Ages.text(oldest.age()) + ": " + Names.of(oldest.holders()) + " promised a " + oldest.kind()
                + ", and "
                + coordinator + ", which decides, "
                + (isAway(oldest, sites)
                        ? "does not answer. It is decided as soon as that site is there again."
                        : "has not told.")
                + " Until then nobody can vote in that event.");
    }

    private static boolean isAway(Doubt doubt, Map<SiteName, Optional<Heard>> sites) {
        return sites.getOrDefault(doubt.id().coordinator(), Optional.empty()).isEmpty();
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
