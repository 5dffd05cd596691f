package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests of the pages would notice: pages of our own with one planted fault each. */
class PhoneIT {

    private static Chromium chromium;

    private final Phone phone = chromium.phone(URI.create("http://localhost:1"));

    @BeforeAll
    static void start_the_browser() {
        chromium = Chromium.started();
    }

    @AfterAll
    static void stop_the_browser() {
        chromium.close();
    }

    @AfterEach
    void put_the_phone_away() {
        phone.close();
    }

    private void shows(String html) {
        phone.page()
                .setContent("<!DOCTYPE html><html lang='en'><title>Planted</title>"
                        + "<meta name='viewport' content='width=device-width'><main><h1>Planted</h1>" + html);
    }

    @Test
    void finds_nothing_where_nothing_is_wrong() {
        shows("<section id='part' data-live=''><button id='yes'>Yes</button></section>");

        phone.isSound();
        PageCheck.isAccessible(phone.page(), "sound");
        assertThat(phone.troubles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            image-alt      | <img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' width='99' height='99'>
            button-name    | <button></button>
            label          | <input type='text'>
            color-contrast | <p style='color: #ccc'>Hardly to be read</p>
            target-size    | <p><a style='display: inline-block; width: 8px; font-size: 8px' href='/a'>a</a><a style='display: inline-block; width: 8px; font-size: 8px' href='/b'>b</a></p>
            """)
    void finds_what_keeps_people_out(String rule, String html) {
        shows(html);

        assertThatThrownBy(() -> PageCheck.isAccessible(phone.page(), "planted"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p onclick='location.reload()'>A handler</p>",
                "<script>document.title = 'A script'</script>",
                "<style>p { color: red }</style>",
                "<table width='500'><tr><td>Too wide</td></tr></table>",
                "<div id='part' data-live=''><button>Loses the focus</button></div>"
            })
    void finds_what_no_page_may_have(String html) {
        shows(html);

        assertThatThrownBy(phone::isSound).isInstanceOf(AssertionError.class);
    }

    @Test
    void finds_requests_to_others_and_what_the_console_says() {
        shows("<img alt='' src='http://elsewhere.invalid/a.png'>");
        phone.page().evaluate("() => console.error('Oh no')");

        phone.page().waitForCondition(() -> phone.troubles().stream().anyMatch(trouble -> trouble.startsWith("Oh no")));
        assertThat(phone.troubles()).contains("a request to http://elsewhere.invalid/a.png");
    }
}
