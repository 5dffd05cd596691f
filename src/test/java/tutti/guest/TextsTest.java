package tutti.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.ballot.AbortReason;
import tutti.event.Refusal;
import tutti.site.EventView;

class TextsTest {

    private final ResourceBundle texts = ResourceBundle.getBundle("tutti.guest.texts", Locale.ENGLISH);

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_refusal_has_its_sentence(Refusal refusal) {
        assertThat(texts.getString("script." + refusal.code())).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validation",
                "too-large",
                "unsupported-type",
                "unreadable-image",
                "storage-unavailable",
                "too-many-requests",
                "no-space",
                "foreign-origin",
                "unknown"
            })
    void every_other_trouble_with_an_upload_has_its_sentence(String code) {
        assertThat(texts.getString("script." + code)).endsWith(".");
    }

    @Test
    void every_end_of_a_ballot_and_every_status_has_its_words() {
        var codes = Stream.concat(
                Arrays.stream(AbortReason.values()).map(reason -> "outcome." + reason.code()),
                Arrays.stream(EventView.Status.values()).map(status -> "status." + status.code()));

        assertThat(codes).allSatisfy(key -> assertThat(texts.containsKey(key)).isTrue());
    }

    @Test
    void the_number_of_missing_people_is_said_in_words() {
        var sentence = new MessageFormat(texts.getString("outcome.timeout"), Locale.ENGLISH);

        assertThat(sentence.format(new Object[] {1})).contains("one person was missing");
        assertThat(sentence.format(new Object[] {3})).contains("3 people were missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "es", "fr"})
    void every_language_says_everything_with_the_same_gaps(String language) {
        var translated = ResourceBundle.getBundle("tutti.guest.texts", Locale.forLanguageTag(language));

        assertThat(translated.getLocale().getLanguage()).isEqualTo(language);
        assertThat(ownKeys(translated)).isEqualTo(texts.keySet());
        assertThat(texts.keySet()).allSatisfy(key -> {
            assertThat(translated.getString(key)).as(key).isNotBlank().doesNotContain("'");
            assertThat(gaps(translated.getString(key))).as(key).isEqualTo(gaps(texts.getString(key)));
            assertThat(new MessageFormat(translated.getString(key), translated.getLocale()).format(new Object[] {2, 3}))
                    .as(key)
                    .isNotBlank();
        });
    }

    /** Without those that it would borrow from English. */
    private static Set<String> ownKeys(ResourceBundle bundle) {
        var properties = new Properties();
        try (var file = TextsTest.class.getResourceAsStream(
                "texts_" + bundle.getLocale().getLanguage() + ".properties")) {
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames();
    }

    private static Set<String> gaps(String text) {
        return Pattern.compile("\\{\\d")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void english_stays_english_on_a_machine_that_speaks_another_language() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.GERMAN);
        try {
            ResourceBundle.clearCache();
            assertThat(ResourceBundle.getBundle("tutti.guest.texts", Locale.UK).getString("gallery.title"))
                    .isEqualTo("Gallery");
        } finally {
            Locale.setDefault(before);
            ResourceBundle.clearCache();
        }
    }

    @Test
    void no_text_has_a_straight_apostrophe_since_gaps_would_not_be_filled_after_it() {
        assertThat(texts.keySet())
                .allSatisfy(key -> assertThat(texts.getString(key)).as(key).doesNotContain("'"));
    }
}
