package tutti.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tutti.commit.SiteName;
import tutti.event.EventDetails;
import tutti.photo.ContributorId;
import tutti.site.InvalidWish.Violation;

/** Checks what somebody has filled in to create an event, and lays it down. */
final class EventForm {

    private EventForm() {}

    /** @throws InvalidWish naming every field that is wrong */
    static EventDetails laidDown(EventWish wish, Limits limits, SiteName master, ContributorId creator, Instant now) {
        var violations = new ArrayList<Violation>();
        var title = Texts.tidy(wish.title());
        var description = Texts.tidy(wish.description());
        var contributors = wish.maxContributors().orElse(limits.contributorsMax());
        var seconds = wish.votingSeconds().orElse(limits.votingSecondsDefault());
        if (title.isEmpty()) {
            violations.add(new Violation("title", "Give the event a title."));
        }
        atMost("title", title, limits.titleMax(), violations);
        atMost("description", description, limits.descriptionMax(), violations);
        within("maxContributors", contributors, 1, limits.contributorsMax(), "people", violations);
        within("votingSeconds", seconds, limits.votingSecondsMin(), limits.votingSecondsMax(), "seconds", violations);
        if (!violations.isEmpty()) {
            throw new InvalidWish(violations);
        }
        return new EventDetails(title, description, contributors, seconds, master, creator, now);
    }

    private static void atMost(String field, String text, int most, List<Violation> violations) {
        var length = text.codePointCount(0, text.length());
        if (length > most) {
            violations.add(
                    new Violation(field, "This is " + length + " characters long; at most " + most + " are possible."));
        }
    }

    private static void within(String field, int value, int least, int most, String unit, List<Violation> violations) {
        if (value < least || value > most) {
            violations.add(new Violation(field, "Choose from " + least + " to " + most + " " + unit + "."));
        }
    }
}
