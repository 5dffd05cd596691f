package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The story of somebody who has no mouse and touches nothing: Tab, Enter, Space, and letters. */
@ExtendWith(Evening.Resolver.class)
class KeyboardIT {

    private final Evening evening;

    KeyboardIT(Evening evening) {
        this.evening = evening;
    }

    @Test
    void everything_can_be_done_with_keys_and_the_focus_is_never_lost() {
        var ana = evening.phone(WEST);
        var ben = evening.phone(EAST);
        var anas = new Keys(ana);
        var bens = new Keys(ben);

        creates(ana, anas);
        evening.isEverywhere(ana.path());
        ben.opens(ana.path());
        adds_a_photo(ana, anas, "Ana", Photos.ofAPhone());
        adds_a_photo(ben, bens, "Ben", Photos.withPosition());
        assertThat(ana.person("Ben")).isVisible();
        stays_while_parts_are_replaced(ana, anas, ben);
        is_led_to_the_vote_and_to_its_end(ana, anas, ben, bens);
        switches_the_language(ana, anas);

        evening.hadNoTroubles();
    }

    private static void creates(Phone phone, Keys keys) {
        phone.opens("/");
        keys.tabTo("[id='create:title']");
        keys.types("Typed, not tapped");
        keys.tabTo("[name='create:votingSeconds']:checked");
        while (!phone.page().getByLabel("5 minutes").isChecked()) {
            keys.press("ArrowDown");
            keys.isSeen();
        }
        keys.tabTo("[id='create:submit']");
        keys.press("Enter");
        phone.sees("open", "Nobody has added a photo yet");
    }

    private static void adds_a_photo(Phone phone, Keys keys, String name, byte[] photo) {
        keys.tabTo("#name");
        keys.types(name);
        keys.press("Enter");
        keys.isLedTo("#files");
        keys.opensFilesWith("Space").setFiles(new FilePayload("IMG_1.jpg", "image/jpeg", photo));
        phone.hasIn(1);
        keys.isLedTo("#files");
    }

    private static void stays_while_parts_are_replaced(Phone phone, Keys keys, Phone other) {
        keys.tabTo("#vote-accept");
        other.chooses(List.of(Photos.small(95)));
        assertThat(phone.person("Ben")).containsText("2 photos");
        keys.isLedTo("#vote-accept");

        keys.press("Enter");
        keys.tabTo("[id='vote:accept']");
        other.chooses(List.of(Photos.small(96)));
        assertThat(phone.person("Ben")).containsText("3 photos");
        // A yes would be to another picture than the one that was seen.
        assertThat(phone.button("Yes, publish this picture")).isHidden();
        keys.isLedTo("#vote-accept");
    }

    private static void is_led_to_the_vote_and_to_its_end(Phone first, Keys keys, Phone last, Keys lasts) {
        lasts.tabTo("#files");
        keys.press("Space");
        keys.tabTo("[id='vote:accept']");
        keys.press("Enter");
        first.sees("voting", "Thank you. Your yes is safe.");
        keys.isLedTo("#part-vote");

        last.sees("voting", "Do you agree?");
        lasts.isLedTo("#part-vote");
        lasts.tabTo("#vote-accept");
        lasts.press("Enter");
        lasts.tabTo("[id='vote:accept']");
        lasts.press("Space");
        last.sees("published", "Everyone said yes!");
        lasts.isLedTo("#part-news");
        first.sees("published", "Everyone said yes!");
        keys.isLedTo("#part-news");
    }

    private static void switches_the_language(Phone phone, Keys keys) {
        keys.tabTo(".languages [lang=de]");
        keys.press("Enter");
        assertThat(phone.page().locator("html")).hasAttribute("lang", "de");
        phone.sees("published", "Alle haben Ja gesagt!");
        keys.tabTo("#published-link");
    }
}
