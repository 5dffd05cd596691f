package tutti.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tutti.cluster.Chromium;
import tutti.cluster.Line;
import tutti.cluster.Photos;
import tutti.cluster.Traffic;
import tutti.pictures.GeneratedPhotos;

/**
 * What the event's page costs the phone that opens it for the first time, with nothing in its cache: bytes, and the time until
 * its largest content is there (LCP). Then how long another page, open at the same site or at another one, waits for the new
 * montage after a photo was answered. One browser and the whole cluster share the machine.
 */
public final class PageBench {

    private static final int LOADS = 9;
    private static final int EVENTS = 4;
    private static final int PHOTOS = 10;
    /** Uploads to each event that are measured: the last ones. */
    private static final int MEASURED = 5;

    private static final double MOST_MILLIS = 60_000;

    private static final String LARGEST_PAINT_MILLIS =
            """
            () => new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
              .observe({type: 'largest-contentful-paint', buffered: true}))
            """;

    /** Notes when another montage than the one of now can be seen, by the clock that this machine has but once. */
    private static final String WATCHES =
            """
            () => {
              const montage = () => document.querySelector('#part-montage img');
              const before = montage().src;
              window.seenAt = new Promise((resolve, reject) => {
                const look = () => {
                  const now = montage();
                  if (now.src !== before && now.complete && now.naturalWidth) resolve(Date.now());
                  else requestAnimationFrame(look);
                };
                setTimeout(() => reject(new Error('no new montage')), 60_000);
                look();
              });
            }
            """;

    private final PrintStream out;
    private final List<URI> sites;
    private final Browser browser;

    private PageBench(PrintStream out, List<URI> sites, Browser browser) {
        this.out = out;
        this.sites = sites;
        this.browser = browser;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (var chromium = Chromium.started()) {
            var bench = new PageBench(out, BenchSites.configured(), chromium.browser());
            bench.firstLoads();
            bench.newMontages();
        }
    }

    private void firstLoads() throws IOException, InterruptedException {
        var host = new BenchGuest();
        var event = openEvent(host);
        add(host, event, Photos.ofATable().get(0));
        for (var photo : Photos.ofATable().subList(1, 10)) {
            add(new BenchGuest(), event, photo);
        }
        out.printf(
                Locale.ROOT,
                "%nFirst load of an event's page with ten photos, cold cache, %d loads each; medians, and the longest.%n%n",
                LOADS);
        out.println("| who, and how | LCP ms | longest | kB beside the pictures | kB of the montage |");
        out.println("| --- | ---: | ---: | ---: | ---: |");
        var stranger = new BenchGuest();
        stranger.event(sites.get(0), event);
        loads("invited guest, as the machine is", stranger, event, false);
        loads("invited guest, slow 4G and a quarter of the CPU", stranger, event, true);
        loads("contributor, as the machine is", host, event, false);
        loads("contributor, slow 4G and a quarter of the CPU", host, event, true);
    }

    private void loads(String what, BenchGuest guest, String event, boolean slow) {
        var paints = new ArrayList<Double>();
        var rest = new ArrayList<Double>();
        var montage = new ArrayList<Double>();
        for (var i = -1; i < LOADS; i++) {
            try (var context = phoneOf(guest, sites.get(0))) {
                var page = context.newPage();
                var traffic = Traffic.of(page);
                if (slow) {
                    Line.of(page).isOfASlowPhone();
                }
                page.navigate(sites.get(0) + "/e/" + event);
                page.waitForLoadState(LoadState.NETWORKIDLE);
                if (i >= 0) {
                    paints.add(((Number) page.evaluate(LARGEST_PAINT_MILLIS)).doubleValue());
                    rest.add(traffic.bytes(address -> !isPicture(address)) / 1000.0);
                    montage.add(traffic.bytes(address -> address.contains("/montage?")) / 1000.0);
                }
            }
        }
        paints.sort(null);
        out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.1f | %.1f |%n",
                what,
                median(paints),
                paints.get(paints.size() - 1),
                median(rest),
                median(montage));
    }

    private static boolean isPicture(String address) {
        return address.contains("/montage?") || address.endsWith("/tile");
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void newMontages() throws IOException, InterruptedException {
        var near = new Figures("new montage on a page at the same site, after the 201");
        var far = new Figures("new montage on a page at another site, after the 201");
        for (var i = -1; i < EVENTS; i++) {
            newMontages(i < 0 ? new Figures("to warm up") : near, i < 0 ? new Figures("to warm up") : far);
        }
        out.printf("%n| %-52s | %5s | %9s | %9s |%n", "what", "times", "p50 ms", "p99 ms");
        out.println("| --- | ---: | ---: | ---: |");
        out.println(near.row());
        out.println(far.row());
    }

    private void newMontages(Figures near, Figures far) throws IOException, InterruptedException {
        var owner = new BenchGuest();
        var guest = new BenchGuest();
        var event = openEvent(owner);
        add(guest, event, other(Photos.ofATable().get(0)));
        for (var photo : Photos.ofATable().subList(1, PHOTOS - MEASURED)) {
            add(owner, event, other(photo));
        }
        var last = sites.get(sites.size() - 1);
        try (var here = phoneOf(guest, sites.get(0));
                var there = phoneOf(guest, last)) {
            var pages = List.of(listening(here, sites.get(0), event), listening(there, last, event));
            for (var photo : Photos.ofATable().subList(PHOTOS - MEASURED, PHOTOS)) {
                pages.forEach(page -> page.evaluate(WATCHES));
                add(owner, event, other(photo));
                var answered = System.currentTimeMillis();
                var waits = pages.stream()
                        .map(page -> ((Number) page.evaluate("() => window.seenAt")).longValue() - answered)
                        .toList();
                near.add(waits.get(0) * 1_000_000);
                far.add(waits.get(1) * 1_000_000);
            }
        }
    }

    /** No site has this one yet. */
    private static byte[] other(byte[] photo) {
        return GeneratedPhotos.withComment(photo, String.valueOf(System.nanoTime()));
    }

    /** A page that shows a montage and gets hints. */
    private static Page listening(BrowserContext context, URI site, String event) {
        var page = context.newPage();
        page.waitForWebSocket(() -> page.navigate(site + "/e/" + event));
        page.waitForFunction("() => document.querySelector('#part-montage img')?.naturalWidth > 0");
        return page;
    }

    /** A phone that has never been here, though its owner has. */
    private BrowserContext phoneOf(BenchGuest guest, URI site) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(360, 780)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true)
                .setLocale("en-GB"));
        context.setDefaultTimeout(MOST_MILLIS);
        var cookie = guest.cookie().split("=", 2);
        context.addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(site.toString())));
        return context;
    }

    /** A new event, once photos can be added to it. */
    private String openEvent(BenchGuest guest) throws IOException, InterruptedException {
        var event = guest.create(sites.get(0), "Benchmark").getString("id");
        var from = System.nanoTime();
        while (!"open".equals(guest.event(sites.get(0), event).getString("status", ""))) {
            if (System.nanoTime() - from > MOST_MILLIS * 1e6) {
                throw new IllegalStateException("a new event is not open within a minute");
            }
        }
        return event;
    }

    /** Returns when the photo is answered. */
    private void add(BenchGuest guest, String event, byte[] photo) throws IOException, InterruptedException {
        var status = guest.upload(sites.get(0), event, photo).statusCode();
        if (status != 201) {
            throw new IllegalStateException("an upload was answered with " + status + " instead of 201");
        }
    }
}
