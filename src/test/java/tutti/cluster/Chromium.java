package tutti.cluster;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The machine's own Chromium, started once for all phones of a test class. */
public final class Chromium implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/bin/chromium");

    /** How long a page may take for anything, on a machine that has more to do. */
    static final double MOST_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium started() {
        if (!Files.isExecutable(BINARY)) {
            throw new AssertionError("The tests of the pages need Chromium at " + BINARY
                    + ": \"apt-get install chromium\" as root brings it on Debian.");
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(MOST_MILLIS);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(BINARY)
                        .setTimeout(MOST_MILLIS)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        return new Chromium(playwright, browser);
    }

    /** The browser itself, for windows that are no phones of guests. */
    public Browser browser() {
        return browser;
    }

    /** A new phone whose owner has opened nothing yet. @param others where its owner may be led from there */
    Phone phone(URI site, URI... others) {
        return new Phone(browser, site, others);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
