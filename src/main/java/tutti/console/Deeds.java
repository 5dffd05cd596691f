package tutti.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import tutti.journal.AuditLog;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.site.ClientAddress;

/** What an operator can do to this site; each deed is in the audit log before it is done. */
@Named
@RequestScoped
public class Deeds {

    @Inject
    private AuditLog audit;

    @Inject
    private ReplicaJournal journal;

    @Inject
    private ClientAddress addresses;

    @Inject
    private HttpServletRequest request;

    private String notice = "";

    /** Tries at once whatever this site owes, instead of after the pauses that have grown. */
    public void retry() {
        try {
            audit.add(request.getRemoteUser(), addresses.of(request), "retry now", "everything that this site owes");
            journal.hasten();
            notice = "All that this site owes is tried again now.";
        } catch (StorageUnavailable e) {
            notice = "The database of this site is out of reach: nothing can be tried from here now.";
        }
    }

    public String getNotice() {
        return notice;
    }
}
