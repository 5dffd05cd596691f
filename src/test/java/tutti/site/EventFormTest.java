package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tutti.commit.SiteName;
import tutti.event.EventDetails;
import tutti.montage.Background;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.pictures.Room;
import tutti.site.EventWish.Looks;
import tutti.site.InvalidWish.Violation;

class EventFormTest {

    private static final Limits LIMITS = new Limits(120, 2000, 80, 10, 5, 600, 90, 60, 20, 1, 1, 1, Room.onDisk());

    @Test
    void what_is_not_chosen_is_as_usual() {
        assertThat(laidDown(Looks.USUAL).style()).isEqualTo(Style.PLAIN);
    }

    @Test
    void what_is_chosen_is_laid_down_on_one_tidy_line() {
        var style = laidDown(new Looks("grid", "night", " Été\u0000\nà Łódź ", "2026-07-18"))
                .style();

        assertThat(style)
                .isEqualTo(new Style(
                        LayoutKind.GRID, Background.NIGHT, "Été à Łódź", Optional.of(LocalDate.of(2026, 7, 18))));
    }

    @Test
    void a_line_may_have_80_characters_and_no_more() {
        assertThat(laidDown(new Looks("", "", "x".repeat(80), "")).style().textLine())
                .hasSize(80);
        assertThatThrownBy(() -> laidDown(new Looks("", "", "x".repeat(81), "")))
                .isInstanceOf(InvalidWish.class);
    }

    @ParameterizedTest
    @CsvSource({
        "spiral, '', '', '', layout",
        "GRID, '', '', '', layout",
        "'', black, '', '', background",
        "'', '', Summer 🎉, '', textLine",
        "'', '', 夏, '', textLine",
        "'', '', '', 18.07.2026, date",
        "'', '', '', 2026-02-30, date",
        "'', '', '', 2026-07-18T10:00:00Z, date",
        "'', '', '', 1492-10-12, date",
        "'', '', '', +12026-07-18, date"
    })
    void what_cannot_be_is_named(String layout, String background, String textLine, String date, String field) {
        assertThatThrownBy(() -> laidDown(new Looks(layout, background, textLine, date)))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidWish.class))
                .extracting(InvalidWish::violations, InstanceOfAssertFactories.list(Violation.class))
                .extracting(Violation::field)
                .containsExactly(field);
    }

    private static EventDetails laidDown(Looks looks) {
        return EventForm.laidDown(
                new EventWish("Summer", "", Optional.empty(), Optional.empty(), looks),
                LIMITS,
                new SiteName("west"),
                ContributorId.ofCookie("ada"),
                Instant.parse("2026-11-01T12:00:00Z"));
    }
}
