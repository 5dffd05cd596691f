package tutti.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What operators did at this site; each entry is on disk when {@link #add} returns. */
@ApplicationScoped
public class AuditLog {

    @Inject
    private AuditRows rows;

    /** @throws StorageUnavailable when the entry may not be stored; what it speaks of must not be done then */
    public void add(String operator, String address, String action, String detail) {
        ReplicaJournal.persistently(() -> {
            rows.add(operator, address, action, detail);
            return action;
        });
    }

    /** The latest first. */
    public List<Audit> latest(int most) {
        return ReplicaJournal.persistently(() -> rows.latest(most));
    }
}
