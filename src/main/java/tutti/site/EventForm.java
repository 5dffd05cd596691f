package tutti.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tutti.commit.SiteName;
import tutti.event.EventDetails;
import tutti.montage.Background;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.pictures.Lettering;
import tutti.site.InvalidWish.Violation;

/** Checks what somebody has filled in to create an event, and lays it down. */
final class EventForm {

    /** Photos are not older, and what a database can keep as a day is not later. */
    private static final int FIRST_YEAR = 1826;

    private static final int LAST_YEAR = 9999;

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
        var style = style(wish.looks(), limits, violations);
        if (!violations.isEmpty()) {
            throw new InvalidWish(violations);
        }
        return new EventDetails(title, description, contributors, seconds, style, master, creator, now);
    }

    private static Style style(EventWish.Looks wish, Limits limits, List<Violation> violations) {
        var layout = chosen("layout", wish.layout(), Style.PLAIN.layout(), LayoutKind::of, violations);
        var background = chosen("background", wish.background(), Style.PLAIN.background(), Background::of, violations);
        var textLine = Texts.tidy(wish.textLine()).replace('\n', ' ');
        atMost("textLine", textLine, limits.textLineMax(), violations);
        var unknown = Lettering.missing(textLine);
        if (!unknown.isEmpty()) {
            violations.add(new Violation(
                    "textLine",
                    "These characters cannot be painted: " + unknown + " (Latin, Greek and Cyrillic can)."));
        }
        return new Style(layout, background, textLine, date(wish.date(), violations));
    }

    private static <C> C chosen(
            String field, String code, C usual, Function<String, Optional<C>> of, List<Violation> violations) {
        if (code.isEmpty()) {
            return usual;
        }
        var choice = of.apply(code);
        if (choice.isEmpty()) {
            violations.add(new Violation(field, "There is no such " + field + "."));
        }
        return choice.orElse(usual);
    }

    private static Optional<LocalDate> date(String day, List<Violation> violations) {
        if (day.isEmpty()) {
            return Optional.empty();
        }
        try {
            var date = LocalDate.parse(day);
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                return Optional.of(date);
            }
            violations.add(new Violation("date", "Choose a day from " + FIRST_YEAR + " to " + LAST_YEAR + "."));
        } catch (DateTimeParseException e) {
            violations.add(new Violation("date", "Write the day as YYYY-MM-DD."));
        }
        return Optional.empty();
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
