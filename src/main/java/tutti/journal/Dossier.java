package tutti.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tutti.commit.SiteName;

/**
 * What one site has recorded of one event, for operators. Nobody is named in it, and no choice of a vote.
 *
 * @param outline empty where the site has never heard of the event
 * @param entries what happened there, the latest first; bounded
 */
public record Dossier(Optional<Outline> outline, List<Entry> entries) {

    /**
     * How the event stands at the site.
     *
     * @param master empty until the event's creation has come that far
     * @param waiting photos that wait there for all sites
     * @param frozen whether an operator has stopped it there
     */
    public record Outline(
            String title,
            String phase,
            Optional<SiteName> master,
            long revision,
            int photos,
            int waiting,
            boolean frozen) {}

    /**
     * One thing that was stored.
     *
     * @param at by the site's database
     * @param subject a transaction's id, or {@code ballot:NUMBER}
     */
    public record Entry(Instant at, String subject, String what) {}
}
