package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tutti.cluster.Site;

class ReportTest {

    private static final Plan SIX_MINUTES = new Plan(6, 7);
    private static final EnumSet<Fault> POSSIBLE = EnumSet.of(Fault.PARTITION, Fault.DATABASE_KILLED);

    @TempDir
    private Path folder;

    private History history;

    @BeforeEach
    void begin() throws IOException {
        history = new History(folder.resolve("history.jsonl"));
    }

    @AfterEach
    void end() throws IOException {
        history.close();
    }

    @Test
    void a_run_in_which_enough_has_happened_and_all_holds_passes() {
        happened(500, 2);

        assertThat(report(5).shortcomings()).isEmpty();
        assertThat(report(5).exitStatus()).isZero();
    }

    @Test
    void a_run_in_which_too_little_has_happened_proves_nothing() {
        happened(499, 1);

        assertThat(report(4).shortcomings())
                .containsExactly(
                        "only 499 acknowledged operations, and 500 are needed",
                        "only 4 publications, and 5 are needed",
                        "only 1600 steps in the logs, and 2000 are needed",
                        "only 4 events beside the model, and 5 are needed",
                        "only 1 times a database killed, and 2 are needed",
                        "only 1 times partition, and 2 are needed");
        assertThat(report(4).exitStatus()).isEqualTo(2);
    }

    @Test
    void a_violation_fails_even_an_empty_run() {
        var violation = new Violation(Invariant.NOTHING_LOST, "a photo");

        var report = new Report(SIX_MINUTES, history, POSSIBLE, new Report.Extent(0, 0, 0), List.of(violation));

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.table()).contains("| acknowledged and lost | 1 |");
        assertThat(report.verdict())
                .contains("VIOLATED  nothing acknowledged is lost (1 times), first: a photo")
                .contains("holds     one outcome");
    }

    @Test
    void counts_answers_by_what_they_promise() {
        upload(201);
        upload(202);
        upload(409);
        upload(503);
        upload(0);

        assertThat(report(0).table())
                .contains("| … acknowledged | 2 |")
                .contains("| … refused | 1 |")
                .contains("| … unknown | 2 |")
                .contains("| disk full | not possible here |");
    }

    @Test
    void takes_minutes_and_a_seed_and_nothing_else() {
        assertThat(Plan.of("--seed", "7", "--minutes", "6")).isEqualTo(SIX_MINUTES);
        assertThatThrownBy(() -> Plan.of("--hours", "1")).hasMessageContaining("--hours");
        assertThatThrownBy(() -> Plan.of("--minutes")).hasMessageContaining("--minutes");
    }

    private Report report(long publications) {
        var extent = new Report.Extent(publications, publications * 400, publications);
        return new Report(SIX_MINUTES, history, POSSIBLE, extent, List.of());
    }

    private void happened(int uploads, int faults) {
        for (var i = 0; i < uploads; i++) {
            upload(201);
        }
        for (var i = 0; i < faults; i++) {
            POSSIBLE.forEach(fault -> history.add(fault, "west", 0, 1));
        }
    }

    private void upload(int status) {
        var nothing = JsonValue.EMPTY_JSON_OBJECT;
        history.add(new Operation("ana", Site.WEST, Deed.UPLOAD, "party", nothing, 0, 1, status, nothing));
    }
}
