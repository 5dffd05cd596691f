package tutti.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tutti.journal.Audit;
import tutti.journal.AuditLog;
import tutti.journal.StorageUnavailable;

/** What operators did at this site. */
@Named
@RequestScoped
public class AuditPage {

    private static final int ENTRIES_MOST = 200;

    @Inject
    private AuditLog audit;

    private Optional<List<Audit>> entries;
    private Instant at;

    @PostConstruct
    void read() {
        at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            entries = Optional.of(audit.latest(ENTRIES_MOST));
        } catch (StorageUnavailable e) {
            entries = Optional.empty();
        }
    }

    public boolean isReadable() {
        return entries.isPresent();
    }

    public List<Audit> getEntries() {
        return entries.orElse(List.of());
    }

    public Instant getAt() {
        return at;
    }
}
