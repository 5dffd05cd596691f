package tutti.verify;

import java.util.List;

/**
 * One kind of decided state: what every site must have alike once all is delivered. What is under way (holds, waiting photos,
 * open ballots, events that are being created) and what is a site's own (votes, records of aborts) is left out.
 */
enum Kind {
    EVENT(
            "Event",
            "id",
            List.of(
                    "title",
                    "description",
                    "max_contributors",
                    "voting_seconds",
                    "layout",
                    "background",
                    "text_line",
                    "held_on",
                    "master",
                    "creator",
                    "created_us",
                    "published_us",
                    "last_ended",
                    "changes",
                    "erased"),
            "SELECT id AS event_id, event.* FROM event WHERE phase NOT IN ('ABSENT', 'CREATING', 'CANCELLED')"),
    PHOTO(
            "Photo",
            "id",
            List.of(
                    "contributor",
                    "name",
                    "caption",
                    "site",
                    "uploaded_us",
                    "type",
                    "width",
                    "height",
                    "bytes",
                    "sha256"),
            "SELECT * FROM photo WHERE TRUE"),
    BALLOT("Ballot", "number", List.of("state", "reason"), "SELECT * FROM ballot WHERE state <> 'OPEN'"),
    PUBLICATION(
            "Published montage of ballot",
            "number",
            List.of("digest", "accepted"),
            "SELECT * FROM ballot WHERE state = 'PUBLISHED'"),
    COMMIT(
            "Committed transaction",
            "id",
            List.of("content", "carried"),
            "SELECT * FROM commitment WHERE state = 'COMMITTED'");

    private final String title;
    private final String key;
    private final List<String> columns;
    private final String select;

    Kind(String title, String key, List<String> columns, String select) {
        this.title = title;
        this.key = key;
        this.columns = columns;
        this.select = select;
    }

    String title() {
        return title;
    }

    /** What names one of this kind within its event. */
    String key() {
        return key;
    }

    /** What must be the same at all sites. */
    List<String> columns() {
        return columns;
    }

    String ofAllEvents() {
        return select + " ORDER BY event_id, " + key;
    }

    /** Takes the events' ids as its parameters. */
    String ofEvents(int count) {
        return select + " AND " + (this == EVENT ? "id" : "event_id") + " IN (?" + ", ?".repeat(count - 1)
                + ") ORDER BY event_id, " + key;
    }
}
