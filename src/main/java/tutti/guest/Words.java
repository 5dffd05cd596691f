package tutti.guest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.awt.ComponentOrientation;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import tutti.commit.SiteName;
import tutti.event.Refusal;
import tutti.journal.JsonText;

/** Speaks to the user, in the user's language: every sentence of the pages comes from the one bundle. */
@Named
@RequestScoped
public class Words {

    private static final String BUNDLE = "tutti.guest.texts";

    /** What the script on the event page has to say. */
    private static final String FOR_SCRIPTS = "script.";

    /** The sentence of this key, with its gaps filled. */
    public String of(String key, Object... gaps) {
        return new MessageFormat(bundle().getString(key), locale()).format(gaps);
    }

    /** What was refused, and what the user can do about it. */
    public String refusal(Refusal refusal) {
        return bundle().getString(FOR_SCRIPTS + refusal.code());
    }

    /** The day, by UTC; the script puts the user's own time in its place. */
    public String day(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale())
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    public String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale())
                .format(day);
    }

    /** In words, such as 90 seconds or 5 minutes. */
    public String duration(Duration duration) {
        return duration.toSecondsPart() == 0
                ? of("time.minutes", duration.toMinutes())
                : of("time.seconds", duration.toSeconds());
    }

    /** Minutes and seconds, such as 1:03. */
    public String clock(int seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    /** As a JSON object that can stand inside a script element. */
    public String getForScripts() {
        var texts = JsonText.object();
        bundle().keySet().stream()
                .filter(key -> key.startsWith(FOR_SCRIPTS))
                .sorted()
                .forEach(key -> texts.add(key.substring(FOR_SCRIPTS.length()), bundle().getString(key)));
        return texts.build().toString().replace("<", "\\u003c");
    }

    /** The name, or what stands for one. */
    public String name(String given) {
        return given.isBlank() ? of("people.nameless") : given;
    }

    /** The first character of a name, or what stands for one. */
    public String initial(String given) {
        return given.isBlank() ? "·" : given.strip().substring(0, given.strip().offsetByCodePoints(0, 1));
    }

    public String list(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** What a photo waits for that is not in yet. */
    public String waiting(Collection<SiteName> sites) {
        return sites.isEmpty() ? of("mine.waiting.short") : of("mine.waiting", list(sites));
    }

    public String getLanguage() {
        return locale().toLanguageTag();
    }

    public String getDirection() {
        return ComponentOrientation.getOrientation(locale()).isLeftToRight() ? "ltr" : "rtl";
    }

    private static ResourceBundle bundle() {
        return ResourceBundle.getBundle(BUNDLE, locale());
    }

    private static Locale locale() {
        return FacesContext.getCurrentInstance().getViewRoot().getLocale();
    }
}
