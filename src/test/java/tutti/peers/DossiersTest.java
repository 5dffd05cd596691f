package tutti.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tutti.commit.SiteName;
import tutti.journal.Dossier;
import tutti.journal.Dossier.Entry;
import tutti.journal.Dossier.Outline;

class DossiersTest {

    @Test
    void reads_what_it_has_written() {
        var outline = new Outline("A \"title\"", "OPEN", Optional.of(new SiteName("west")), 1L << 40, 3, 2, true);
        var entry = new Entry(Instant.parse("2026-11-27T03:00:00.123456Z"), "photo:abc@east#7", "aborted: out-of-time");
        isReadAsWritten(new Dossier(Optional.of(outline), List.of(entry, entry)));
        isReadAsWritten(
                new Dossier(Optional.of(new Outline("", "ABSENT", Optional.empty(), 0, 0, 0, false)), List.of()));
        isReadAsWritten(new Dossier(Optional.empty(), List.of()));
    }

    private static void isReadAsWritten(Dossier dossier) {
        assertThat(Dossiers.read(Messages.read(Dossiers.text(dossier)))).isEqualTo(dossier);
    }
}
