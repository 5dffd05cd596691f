package tutti.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.site.UserSecret;

class RecoveryLinkTest {

    private static final UserSecret ANA = new UserSecret("Ana_-67890123456789012345678901234567890123");
    private static final URI WEST = URI.create("https://west.example.org");

    @Test
    void the_secret_is_in_no_part_of_the_link_that_a_browser_sends() {
        var link = URI.create(new RecoveryLink(WEST, ANA).text());

        assertThat(link.getRawFragment()).contains(ANA.value());
        assertThat(link.toString().substring(0, link.toString().indexOf('#'))).isEqualTo("https://west.example.org/me");
    }

    @Test
    void a_log_is_not_told() {
        assertThat(new RecoveryLink(WEST, ANA).toString()).doesNotContain(ANA.value());
    }

    @Test
    void a_pasted_link_is_understood_and_so_is_the_code_alone() {
        var link = new RecoveryLink(WEST, ANA).text();

        assertThat(RecoveryLink.whoIsMeantBy(" " + link + "\n")).contains(ANA);
        assertThat(RecoveryLink.whoIsMeantBy(ANA.value())).contains(ANA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https://west.example.org/me",
                "https://west.example.org/me#key=",
                "https://west.example.org/me#key=Ana_-6789012345678901234567890123456789012",
                "Ana_-678901234567890123456789012345678901234",
                "Ana_-678901234567890 2345678901234567890123",
                "https://west.example.org/e/Ana_-67890123456789012345678901234567890123"
            })
    void half_a_link_is_none(String typed) {
        assertThat(RecoveryLink.whoIsMeantBy(typed)).isEmpty();
    }
}
