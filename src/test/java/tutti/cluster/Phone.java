package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotCaret;
import com.microsoft.playwright.options.WaitUntilState;
import jakarta.json.Json;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody's phone near one site: a browser context with cookies of its own, one open page, and a list of what nobody
 * should ever find in its console.
 */
final class Phone implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int NARROW = 360;
    private static final int WIDE = 1280;
    private static final String SURE = "Yes, publish this picture";
    private static final int TABS_MOST = 60;

    /** Pictures that wait until somebody scrolls to them are to be seen on a picture of the whole page. */
    private static final String PICTURES_THERE =
            """
            () => {
              scrollTo(0, 0);
              const shown = [...document.images].filter(image => !image.hidden);
              shown.forEach(image => { image.loading = 'eager'; });
              return Promise.all(shown.map(image => image.decode())).then(() => true, () => false);
            }
            """;

    private final BrowserContext context;
    private final Page page;
    private final String site;
    private final List<String> troubles;

    /** @param others where its owner may be led from there */
    Phone(Browser browser, URI site, URI... others) {
        this.site = site.toString();
        var known = Stream.concat(Stream.of(site), Stream.of(others)).toList();
        troubles = new ArrayList<>();
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(NARROW, 780)
                .setLocale("en-GB")
                .setTimezoneId("America/Los_Angeles")
                .setIsMobile(true)
                .setHasTouch(true)
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(Chromium.MOST_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> troubles.add(error.error()));
        context.onRequest(request -> {
            var address = request.url();
            if (known.stream()
                    .noneMatch(one -> address.startsWith(one + "/") || address.startsWith("blob:" + one + "/"))) {
                troubles.add("a request to " + address);
            }
        });
        page = newPage(context);
    }

    private Phone(BrowserContext context, String site, List<String> troubles) {
        this.context = context;
        this.site = site;
        this.troubles = troubles;
        page = newPage(context);
    }

    /**
     * A page whose windows for files are caught from the beginning: where they are only caught while one is waited for, the key
     * that opens one may be quicker on a busy machine.
     */
    private static Page newPage(BrowserContext context) {
        var page = context.newPage();
        page.onFileChooser(chooser -> {});
        return page;
    }

    /** Opens a page of this phone's site. */
    Phone opens(String path) {
        return opens(path, 200);
    }

    /** As {@link #opens(String)}, where the page is to come with another HTTP status. */
    Phone opens(String path, int status) {
        assertThat(page.navigate(site + path).status()).as(path).isEqualTo(status);
        isSound();
        return this;
    }

    /** Opens a link that somebody has sent, and goes where that leads. */
    void follows(String link) {
        page.navigate(link, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    }

    /** Goes on with the tabulator key until this is what the keyboard works on, and presses it. */
    void pressesWithKeys(String button) {
        for (var tabs = 0; tabs < TABS_MOST; tabs++) {
            page.keyboard().press("Tab");
            if (page.evaluate("() => document.activeElement.textContent.trim()").equals(button)) {
                page.keyboard().press("Enter");
                return;
            }
        }
        throw new AssertionError("the keyboard does not get to " + button + " at " + page.url());
    }

    /** Who this browser is at a site; empty where it is nobody. */
    String secretAt(URI site) {
        return context.cookies(site.toString()).stream()
                .filter(cookie -> cookie.name.equals("tutti_user"))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElse("");
    }

    /** The same browser with a second window. */
    Phone opensAnother(String path) {
        return new Phone(context, site, troubles).opens(path);
    }

    /** Creates an event by the form on the first page; returns the path of its page. */
    String creates(String title) {
        opens("/");
        fills("What is it called?", title);
        page.getByLabel("5 minutes").check();
        taps("Create the event");
        sees("open", "Nobody has added a photo yet");
        return path();
    }

    /** What holds for every page at every moment. */
    void isSound() {
        PageCheck.isSound(page, NARROW);
    }

    /** What the console has complained about so far. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    String path() {
        return URI.create(page.url()).getPath();
    }

    Page page() {
        return page;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void taps(String button) {
        button(button).click();
    }

    /** The first of the two steps of a vote. */
    Locator choice(String name) {
        return page.locator(".choice > summary", new Page.LocatorOptions().setHasText(name));
    }

    /** Says yes, in two steps of which the first changes nothing. */
    void accepts(String words) {
        assertThat(button(SURE)).isHidden();
        choice(words).click();
        sees("It cannot be undone in this vote.");
        isSound();
        taps(SURE);
    }

    /** Says yes where nobody else is asked. */
    void acceptsAlone() {
        choice("Accept and start the vote").click();
        sees("You are the only one so far");
        taps(SURE);
    }

    /** Says no, in two steps as well. */
    void rejects() {
        choice("Reject").click();
        sees("Nobody is told who said no.");
        isSound();
        taps("No, do not publish it");
    }

    void fills(String label, String text) {
        page.getByLabel(label).fill(text);
    }

    void sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    /** The event's page has heard of this status, by itself. */
    void sees(String status, String words) {
        assertThat(page.locator("#event")).hasAttribute("data-status", status);
        sees(words);
        isSound();
    }

    /** The first photos of somebody who says who it is. */
    void addsAs(String name, List<byte[]> photos) {
        fills("Your name, as the others will see it", name);
        adds(photos);
        isSound();
    }

    /** Chooses photos, all at once, in the dialogue that the button opens, and waits until each of them is in. */
    void adds(List<byte[]> photos) {
        var already = mine().count();
        chooses(photos);
        page.locator(".upload-row progress").first().waitFor();
        assertThat(page.locator(".upload-row.in .state").first()).hasText("In");
        hasIn(already + photos.size());
    }

    void chooses(List<byte[]> photos) {
        var already = mine().count();
        var files = new ArrayList<FilePayload>();
        photos.forEach(photo ->
                files.add(new FilePayload("IMG_" + (already + files.size() + 1) + ".jpg", "image/jpeg", photo)));
        page.waitForFileChooser(() -> page.getByText("Choose photos").click())
                .setFiles(files.toArray(FilePayload[]::new));
    }

    void hasIn(int photos) {
        assertThat(mine()).hasCount(photos);
    }

    /** Own photos that are in. */
    private Locator mine() {
        return page.locator("#part-mine li.committed");
    }

    /** A contributor, as the list of them on the page shows one. */
    Locator person(String name) {
        return page.locator(".persons li", new Page.LocatorOptions().setHasText(name));
    }

    /** Of the montage that this phone's site would ask about now. */
    String digest() {
        var answer = page.request().get(site + page.locator("#event").getAttribute("data-api"));
        try (var reader = Json.createReader(new StringReader(answer.text()))) {
            return Guest.digestOf(reader.readObject());
        }
    }

    /** The montage of this version is on the page, and it is a picture. */
    void seesMontage(String digest) {
        var image = page.locator("#part-montage img");
        assertThat(image).hasAttribute("src", Pattern.compile("/montage\\?v=" + digest));
        isPicture(image);
    }

    /** Where the receipt leads that this phone's owner was given. */
    String receipt() {
        var link = URI.create(page.locator("#receipt").inputValue());
        return link.getPath() + "?" + link.getQuery();
    }

    void isPicture(Locator image) {
        image.scrollIntoViewIfNeeded();
        page.waitForCondition(() -> (Boolean) image.evaluate("one => one.complete && one.naturalWidth > 0"));
    }

    /** Pictures of the whole page, narrow and wide, by day and by night; either is held against axe once. */
    void isPhotographed(String name) {
        for (var width : new int[] {NARROW, WIDE}) {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.setViewportSize(width, width == NARROW ? 780 : 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.waitForFunction(PICTURES_THERE);
                if ((width == NARROW) == (scheme == ColorScheme.LIGHT)) {
                    PageCheck.isAccessible(page, name + " at " + width + " px, " + scheme);
                }
                var file = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setCaret(ScreenshotCaret.INITIAL)
                        .setPath(SCREENSHOTS.resolve(file)));
            }
        }
        page.setViewportSize(NARROW, 780);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** A picture of the whole page as it is, for whoever wants to know what went wrong on it. */
    void isKept(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
