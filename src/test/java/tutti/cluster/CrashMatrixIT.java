package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process dies at every step of every transaction, in every role, is started again, and nothing that anybody was promised
 * is lost. {@link CrashStep} lists the steps; Byteman, loaded into the running site, halts its JVM, kills its database, or
 * both, in the very moment.
 *
 * <p>{@code -Dtutti.crash.case=NAME} runs the cases whose names begin so, {@code all} runs all. Otherwise each step is tried
 * once, with the plot and the victim that the seed chooses: {@code -Dtutti.crash.seed=N}, or the day.
 */
@ExtendWith(RunningCluster.Resolver.class)
class CrashMatrixIT {

    private static final Path MARKS = Path.of("target/crash-matrix").toAbsolutePath();
    private static final CrashReport REPORT = new CrashReport(Path.of("target/crash-matrix.md"));

    private static final Duration STEP_MOST = Duration.ofSeconds(45);
    private static final Duration ANSWER_MOST = Duration.ofSeconds(90);

    private final RunningCluster cluster;

    CrashMatrixIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    static List<CrashCase> cases() {
        var chosen = System.getProperty("tutti.crash.case", "");
        if (!chosen.isEmpty()) {
            return chosen.equals("all") ? CrashCase.all() : CrashCase.named(chosen);
        }
        var seed = Long.getLong(
                "tutti.crash.seed", LocalDate.now(Clock.systemUTC()).toEpochDay());
        System.out.println("Crash matrix: a sample by -Dtutti.crash.seed=" + seed);
        return CrashCase.sample(seed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void nothing_promised_is_lost(CrashCase one) throws IOException {
        var begun = System.nanoTime();
        REPORT.begins(one);
        try (var story = one.plot().story(cluster, one.name())) {
            story.begin();

            var told = dies(one, story);
            var ending = story.end(told);

            assertThat(ending).as("how it ended, after %s", told).isIn(one.endings());
            Invariants.hold(cluster);
            noInvariantWasSeenBroken();
            REPORT.ends(one, told, ending, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Makes the request, sees the processes die in its course, starts them again, and says what the user was told. */
    private Optional<Answer> dies(CrashCase one, CrashStory story) throws IOException {
        var before = cluster.processes(one.site());
        var mark = MARKS.resolve(one.name());
        Files.createDirectories(MARKS);
        Files.deleteIfExists(mark);
        var agent = SiteAgent.in(ProcessHandle.of(before.instance()).orElseThrow());
        agent.install(
                one.name(), one.step().in(one.plot()).rules(one.name(), action(one.victim(), mark, before.database())));

        cluster.hasLostAProcess(one.site());
        var answer = inTheBackground(story::request);
        try {
            Soon.within(STEP_MOST, one + " comes to its step", () -> assertThat(mark)
                    .exists());
            if (one.victim().isInstance()) {
                SiteProcesses.awaitEnd(before.instance());
            }
            if (one.victim().isDatabase()) {
                SiteProcesses.awaitEnd(before.database());
            }
        } finally {
            // A rule that has not struck must not strike in another case.
            if (ProcessHandle.of(before.instance()).isPresent()) {
                agent.removeAll();
            }
        }
        if (one.step().isHalfway() && one.victim().isInstance()) {
            staysAwayUntilPreparingIsOver(mark);
        }
        cluster.start(one.site());
        var after = cluster.processes(one.site());
        assertThat(after.instance() != before.instance())
                .as("the instance is a new one")
                .isEqualTo(one.victim().isInstance());
        assertThat(after.database() != before.database())
                .as("the database is a new one")
                .isEqualTo(one.victim().isDatabase());
        return answer.orTimeout(ANSWER_MOST.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** A coordinator that is back earlier goes on with its transaction, and nobody sees what it must never have told. */
    private static void staysAwayUntilPreparingIsOver(Path mark) throws IOException {
        var over = Files.getLastModifiedTime(mark).toInstant().plus(ClusterConfig.PREPARING);
        Soon.until("preparing is over", () -> assertThat(Instant.now()).isAfter(over));
    }

    /** In Byteman's language: leaves a mark, and kills. */
    static String action(Victim victim, Object mark, long database) {
        var action = "traceOpen(\"%1$s\", \"%1$s\"); traceClose(\"%1$s\")".formatted(mark);
        if (victim.isDatabase()) {
            action += "; Runtime.getRuntime().exec(\"kill -KILL %d\").waitFor()".formatted(database);
        }
        return victim.isInstance() ? action + "; killJVM()" : action;
    }

    /** Empty where no answer came, as is to be expected of a site that dies. */
    private static CompletableFuture<Optional<Answer>> inTheBackground(Supplier<Answer> request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Optional.of(request.get());
            } catch (NoAnswer e) {
                return Optional.empty();
            }
        });
    }

    /** What a site must never say: a message came that cannot be. */
    private void noInvariantWasSeenBroken() throws IOException {
        for (var site : Site.values()) {
            for (var log : cluster.logs(site)) {
                assertThat(Files.readString(log)).as("%s", log).doesNotContain("TUTTI090");
            }
        }
    }
}
