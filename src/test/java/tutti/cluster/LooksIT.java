package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages in the language, by the clock and in the direction of their readers, and on paper. */
@ExtendWith(Evening.Resolver.class)
class LooksIT {

    private final Evening evening;

    LooksIT(Evening evening) {
        this.evening = evening;
    }

    @Test
    void a_page_speaks_the_language_that_is_chosen_at_its_foot() {
        var hana = evening.phone(WEST).opens(evening.event("Vier Sprachen"));
        for (var choice : List.of(
                List.of("Deutsch", "de", "Füge deine Fotos hinzu"),
                List.of("français", "fr", "Ajoutez vos photos"),
                List.of("español", "es", "Añade tus fotos"),
                List.of("English", "en", "Add your photos"))) {
            hana.page().locator(".languages").getByText(choice.get(0)).click();
            hana.sees(choice.get(2));
            assertThat(hana.page().locator("html")).hasAttribute("lang", choice.get(1));
            assertThat(URI.create(hana.page().url()).getQuery()).isNull();
            hana.isSound();
            hana.isPhotographed("event-" + choice.get(1));
        }
        evening.hadNoTroubles();
    }

    @Test
    void a_day_is_written_as_its_reader_writes_it_also_when_its_part_is_replaced() {
        var jade = evening.phone(WEST).opens("/");
        jade.fills("What is it called?", "Midsummer");
        jade.page().getByText("How the picture looks").click();
        jade.fills("When is it, or was it?", "2026-07-18");
        jade.taps("Create the event");
        jade.sees("open", "Midsummer");
        evening.isEverywhere(jade.path());
        var day = jade.page().locator("#part-head time");
        assertThat(day).hasText("18 July 2026");

        evening.phone(EAST).opens(jade.path()).addsAs("Tove", List.of(Photos.small(91)));

        assertThat(jade.page().locator("#part-head")).containsText("1 person is in");
        assertThat(day.textContent()).isEqualTo("18 July 2026");
    }

    @Test
    void pages_can_be_read_from_right_to_left() {
        var event = evening.event("From the other side");
        var dana = evening.phone(EUROPE).opens(event);
        dana.addsAs("Dana", Photos.ofAnAfternoon().subList(0, 2));
        evening.phone(WEST).opens(event).addsAs("Eli", List.of(Photos.ofAPhone()));
        assertThat(dana.person("Eli")).isVisible();
        reads_from_the_right(dana, "rtl-open");

        dana.accepts("Accept and start the vote");
        dana.sees("voting", "Still missing: Eli");
        reads_from_the_right(dana, "rtl-voting");
        reads_from_the_right(dana.opens("/"), "rtl-home");
        reads_from_the_right(dana.opens("/gallery"), "rtl-gallery");
    }

    private static void reads_from_the_right(Phone phone, String picture) {
        phone.page().evaluate("() => { document.documentElement.dir = 'rtl'; }");
        phone.isSound();
        var brand = phone.page().locator(".brand").boundingBox();
        var links = phone.page().locator(".top nav").boundingBox();
        assertThat(brand.x).as("the name comes first, from the right").isGreaterThan(links.x + links.width);
        phone.isPhotographed(picture);
    }

    @Test
    void an_invitation_can_be_printed_on_one_sheet() {
        var ivo = evening.phone(WEST).opens(evening.event("Come all"));
        ivo.isPhotographed("invite");

        ivo.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(ivo.page().locator("h1")).isVisible();
        assertThat(ivo.page().locator(".qr svg")).isVisible();
        assertThat(ivo.page().locator(".sheet")).isVisible();
        assertThat(ivo.page().locator("#upload")).isHidden();
        assertThat(ivo.page().locator(".top")).isHidden();
        var pdf = new String(ivo.page().pdf(), StandardCharsets.ISO_8859_1);
        assertThat(pdf.split("/Type\\s*/Page\\b").length - 1).isEqualTo(1);
        ivo.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "screenshots", "invite-print.png")));
    }
}
