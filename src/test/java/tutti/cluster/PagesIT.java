package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do and see: real browsers, as small as phones, at the sites of a real cluster. */
@ExtendWith(RunningCluster.Resolver.class)
class PagesIT {

    private static final String SURE = "Yes, publish this picture";

    private static Chromium chromium;

    private final RunningCluster cluster;
    private final List<Phone> phones = new ArrayList<>();

    PagesIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void start_the_browser() {
        chromium = Chromium.started();
    }

    @AfterAll
    static void stop_the_browser() {
        chromium.close();
    }

    @AfterEach
    void put_the_phones_away() {
        phones.forEach(Phone::close);
        Invariants.hold(cluster);
    }

    private Phone phone(Site site) {
        var phone = chromium.phone(cluster.url(site));
        phones.add(phone);
        return phone;
    }

    @Test
    void a_group_gets_from_an_empty_page_to_a_published_montage() throws Exception {
        var wim = phone(WEST);
        var ella = phone(EAST);
        var astrid = phone(EUROPE);
        var all = List.of(wim, ella, astrid);
        var stranger = phone(ASIA);

        var event = create_an_event(wim, "Summer at the lake");
        wim.isPhotographed("event-new");
        the_invitation_leads_to_it(wim, event);
        ella.opens(event);
        astrid.opens(event);

        var afternoon = Photos.ofAnAfternoon();
        add_photos(wim, "Wim", afternoon.subList(0, 1));
        add_photos(ella, "Ella", afternoon.subList(1, 4));
        add_photos(astrid, "Astrid", List.of(Photos.ofAPhone(), Photos.withPosition()));
        everybody_sees_one_montage(all, "Wim: 1 photo", "Ella: 3 photos", "Astrid: 2 photos");
        wim.isPhotographed("event-open");
        a_stranger_sees_nothing(stranger, event);

        start_the_vote(wim, ella, astrid);
        ella.isPhotographed("event-voting");
        reject(astrid, wim, ella);
        wim.isPhotographed("event-rejected");
        add_photos(ella, "Ella", afternoon.subList(4, 5));
        everybody_sees_one_montage(all, "Wim: 1 photo", "Ella: 4 photos", "Astrid: 2 photos");

        start_the_vote(ella, wim, astrid);
        accept(wim, "Accept");
        wim.sees("Still missing: Astrid");
        accept(astrid, "Accept");
        for (var phone : all) {
            phone.sees("published", "Everyone said yes!");
        }
        wim.isPhotographed("event-published");
        everybody_can_look_at_it(stranger, event, wim);

        for (var phone : phones) {
            assertThat(phone.troubles()).isEmpty();
        }
    }

    /** Fills in the form, forgetting the name at first, and ends on the page of the event. */
    private static String create_an_event(Phone phone, String title) {
        phone.opens("/").isPhotographed("home");
        phone.taps("Create the event");
        phone.sees("Please give it a name");
        phone.isSound();
        phone.fills("What is it called?", title);
        phone.fills("Anything the others should know?", "The best ones of all of us, for the wall.");
        phone.page().getByLabel("5 minutes").check();
        phone.taps("Create the event");
        phone.sees("open", "Nobody has added a photo yet");
        return phone.path();
    }

    @Test
    void a_host_chooses_how_the_picture_looks() {
        var jade = phone(WEST);
        jade.opens("/");
        jade.fills("What is it called?", "Sommerfest");
        jade.page().getByText("How the picture looks").click();
        jade.page().getByLabel("One big").check();
        jade.page().getByLabel("Night").check();
        jade.fills("A line below the photos", "Sommerfest \ud83c\udf89");
        jade.fills("When is it, or was it?", "2026-07-18");
        jade.isPhotographed("home-looks");
        jade.taps("Create the event");

        jade.sees("others cannot be painted, nor emoji");
        jade.isSound();
        jade.page().getByText("How the picture looks").click();
        assertThat(jade.page().getByLabel("One big")).isChecked();
        jade.fills("A line below the photos", "Sommerfest");
        jade.taps("Create the event");

        jade.sees("open", "July 18, 2026");
        var event = answer(WEST, "/api/v1/events/" + jade.path().substring("/e/".length()))
                .is(200)
                .json();
        assertThat(event.getString("layout")).isEqualTo("one-big");
        assertThat(event.getString("background")).isEqualTo("night");
        assertThat(event.getString("textLine")).isEqualTo("Sommerfest");
        assertThat(jade.troubles()).isEmpty();
    }

    private void the_invitation_leads_to_it(Phone phone, String event) throws IOException {
        var link = cluster.url(WEST) + event;
        assertThat(phone.page().locator("#link")).hasValue(link);
        assertThat(read(phone.page().locator(".qr svg"))).isEqualTo(link);
        for (var site : Site.values()) {
            Soon.until("the event is at " + site, () -> answer(site, event).is(200));
        }
    }

    private static String read(Locator qrCode) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(qrCode.screenshot()));
        var width = image.getWidth();
        var pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        var source = new RGBLuminanceSource(width, image.getHeight(), pixels);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText();
        } catch (ReaderException e) {
            throw new AssertionError("no camera could read this code", e);
        }
    }

    private static void add_photos(Phone phone, String name, List<byte[]> photos) {
        phone.fills("Your name, as the others will see it", name);
        phone.adds(photos);
        phone.isSound();
    }

    private static void everybody_sees_one_montage(List<Phone> contributors, String... photos) {
        var digest = "";
        for (var phone : contributors) {
            for (var one : photos) {
                var name = one.substring(0, one.indexOf(':'));
                assertThat(phone.person(name)).containsText(one.substring(name.length() + 2));
            }
            digest = digest.isEmpty() ? phone.digest() : digest;
            phone.seesMontage(digest);
            phone.isSound();
        }
    }

    private void a_stranger_sees_nothing(Phone stranger, String event) {
        stranger.opens(event).sees("3 people are in. Add a photo to see who.");
        assertThat(stranger.page().locator("#part-montage img")).hasCount(0);
        assertThat(stranger.page().locator(".persons li")).hasCount(0);
        stranger.isPhotographed("event-stranger");
        for (var site : Site.values()) {
            assertThat(answer(site, published(event)).is(404).text())
                    .doesNotContain("og:image")
                    .doesNotContain("Summer at the lake");
        }
        stranger.opens("/gallery");
        assertThat(cardOf(event, stranger)).hasCount(0);
    }

    /** The first to accept asks all others. */
    private static void start_the_vote(Phone first, Phone... others) {
        assertThat(first.choice("Reject")).hasCount(0);
        accept(first, "Accept and start the vote");
        first.sees("voting", "Thank you. Your yes is safe.");
        for (var phone : others) {
            phone.sees("voting", "Do you agree?");
            phone.sees("1 of 3 said yes");
            assertThat(phone.page().locator("#clock")).hasText(Pattern.compile("[45]:\\d\\d"));
            assertThat(phone.choice("Reject")).isVisible();
            phone.sees("No new photos while the vote is on");
            assertThat(phone.page().getByText("Choose photos")).isHidden();
        }
    }

    /** Two steps, of which the first changes nothing. */
    private static void accept(Phone phone, String words) {
        assertThat(phone.button(SURE)).isHidden();
        phone.choice(words).click();
        phone.sees("It cannot be undone in this vote.");
        phone.isSound();
        phone.taps(SURE);
    }

    private static void reject(Phone one, Phone... others) {
        one.choice("Reject").click();
        one.sees("Nobody is told who said no.");
        one.isSound();
        one.isPhotographed("event-rejecting");
        one.taps("No, do not publish it");
        var all = new ArrayList<>(List.of(others));
        all.add(one);
        for (var phone : all) {
            phone.sees("open", "Somebody said no, so nothing was published.");
            assertThat(phone.choice("Reject")).hasCount(0);
            assertThat(phone.page().getByText("Choose photos")).isVisible();
        }
    }

    private void everybody_can_look_at_it(Phone stranger, String event, Phone contributor) {
        stranger.opens(published(event));
        stranger.isPicture(stranger.page().locator(".public img"));
        var image = stranger.page().locator("meta[property='og:image']").getAttribute("content");
        assertThat(image).startsWith(cluster.url(ASIA) + "/");
        var link = URI.create(image);
        assertThat(answer(ASIA, link.getPath() + "?" + link.getQuery()).is(200).header("Content-Type"))
                .isEqualTo("image/jpeg");
        stranger.isPhotographed("published");

        stranger.opens("/gallery");
        stranger.isPicture(cardOf(event, stranger).locator("img"));
        stranger.isPhotographed("gallery");
        cardOf(event, stranger).click();
        stranger.sees("3 people said yes");
        assertThat(stranger.path()).isEqualTo(published(event));

        contributor.page().getByText("See the published montage").click();
        contributor.isPicture(contributor.page().locator(".public img"));
        contributor.isSound();
    }

    private static Locator cardOf(String event, Phone phone) {
        return phone.page().locator(".cards a[href='" + published(event) + "']");
    }

    private static String published(String event) {
        return event.replace("/e/", "/p/");
    }

    /** What somebody without a past is told. */
    private Answer answer(Site site, String path) {
        return Guest.send(HttpRequest.newBuilder(cluster.url(site).resolve(path)));
    }

    @Test
    void a_screen_in_the_room_goes_along_and_receipts_can_be_checked() {
        var wim = phone(WEST);
        var ella = phone(EAST);
        var screen = phone(ASIA);
        var event = create_an_event(wim, "Summer at the lake");
        Soon.until("the event is at " + EAST, () -> answer(EAST, event).is(200));
        ella.opens(event);
        add_photos(wim, "Wim", Photos.ofAnAfternoon().subList(0, 3));
        add_photos(ella, "Ella", Photos.ofAnAfternoon().subList(3, 5));
        var own = wim.opensAnother(wall(event));
        screen.opens(wall(event)).sees("2 people are in");
        screen.isPhotographed("wall-stranger");
        own.isPicture(own.page().locator("#wall img"));
        own.isPhotographed("wall-contributor");

        accept(wim, "Accept and start the vote");
        screen.sees("left to vote");
        assertThat(screen.page().locator("#clock")).hasText(Pattern.compile("[45]:\\d\\d"));
        assertThat(screen.page().locator("#wall img")).hasCount(0);
        screen.isPhotographed("wall-voting");
        ella.sees("voting", "Do you agree?");
        accept(ella, "Accept");

        screen.sees("2 people said yes");
        screen.isPicture(screen.page().locator("#wall img"));
        screen.isSound();
        screen.isPhotographed("wall-published");
        wim.sees("published", "Your receipt");
        wim.isPhotographed("event-receipt");
        var receipt = URI.create(wim.page().locator("#receipt").inputValue());
        screen.opens(receipt.getPath() + "?" + receipt.getQuery()).sees("This receipt is genuine");
        screen.isPhotographed("published-receipt");
        for (var phone : phones) {
            assertThat(phone.troubles()).isEmpty();
        }
    }

    private static String wall(String event) {
        return event.replace("/e/", "/wall/");
    }

    @Test
    void somebody_leaves_for_good() {
        var wim = phone(WEST);
        var ella = phone(EAST);
        var noor = phone(EUROPE);
        var event = create_an_event(wim, "Summer at the lake");
        for (var site : List.of(EAST, EUROPE)) {
            Soon.until("the event is at " + site, () -> answer(site, event).is(200));
        }
        ella.opens(event);
        noor.opens(event);
        add_photos(wim, "Wim", Photos.ofAnAfternoon().subList(0, 2));
        add_photos(ella, "Ella", Photos.ofAnAfternoon().subList(2, 4));
        add_photos(noor, "Noor", Photos.ofAnAfternoon().subList(4, 5));

        considers_leaving(ella);
        ella.sees("This cannot be undone, and with this browser you cannot come back to this event.");
        ella.isSound();
        ella.isPhotographed("event-erase");
        ella.taps("Erase everything of mine");
        ella.sees("Your data is erased");
        assertThat(ella.page().getByText("Choose photos")).isHidden();
        assertThat(ella.choice("Erase my photos and my name")).hasCount(0);
        ella.isSound();
        ella.isPhotographed("event-erased");
        assertThat(wim.person("Ella")).hasCount(0);

        wim.sees("2 people are in");
        accept(wim, "Accept and start the vote");
        noor.sees("voting", "Do you agree?");
        considers_leaving(noor);
        noor.taps("Erase everything of mine");
        noor.sees("A vote on your photos is on, so nothing can be erased now.");
        accept(noor, "Accept");
        noor.sees("published", "Everyone said yes!");
        considers_leaving(noor);
        noor.sees("The montage is taken down for everyone and never comes back");
        noor.isPhotographed("event-erase-published");
        noor.taps("Erase everything of mine");
        noor.sees("taken-down", "Your data is erased");
        noor.isPhotographed("event-erased-published");
        wim.sees("taken-down", "Someone who left");
        wim.isSound();
        wim.isPhotographed("event-left");
        assertThat(wim.person("Noor")).hasCount(0);
        for (var phone : phones) {
            assertThat(phone.troubles()).isEmpty();
        }
    }

    /** The first of two steps; what was opened stays open while the page goes along. */
    private static void considers_leaving(Phone phone) {
        if (!phone.button("Erase everything of mine").isVisible()) {
            phone.choice("Erase my photos and my name").click();
        }
    }

    @Test
    void photos_chosen_while_a_site_has_no_database_get_in_by_themselves() {
        var noor = phone(EUROPE);
        create_an_event(noor, "The day the disks were full");
        var tries = new AtomicInteger();
        noor.page().onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/photos")) {
                tries.incrementAndGet();
            }
        });
        noor.fills("Your name, as the others will see it", "Noor");

        cluster.killDatabase(EUROPE);
        noor.chooses(List.of(Photos.small(1)));
        noor.sees("It is tried again by itself.");
        noor.page().waitForCondition(() -> tries.get() > 4);
        cluster.start(EUROPE);

        noor.hasIn(1);
    }

    @Test
    void an_open_page_survives_a_restart_of_its_site() {
        var mara = phone(WEST);
        var joris = phone(EUROPE);
        var event = create_an_event(mara, "The day the power went");
        Soon.until("the event is at " + EUROPE, () -> answer(EUROPE, event).is(200));
        joris.opens(event);
        add_photos(mara, "Mara", List.of(Photos.small(1)));
        add_photos(joris, "Joris", List.of(Photos.small(2)));
        everybody_sees_one_montage(List.of(mara, joris), "Mara: 1 photo", "Joris: 1 photo");

        cluster.kill(EUROPE);
        joris.sees("No connection. Trying again");
        cluster.start(EUROPE);
        accept(joris, "Accept and start the vote");

        joris.sees("voting", "Thank you. Your yes is safe.");
        mara.sees("voting", "Do you agree?");
        accept(mara, "Accept");
        for (var phone : phones) {
            phone.sees("published", "Everyone said yes!");
        }
        assertThat(mara.troubles()).isEmpty();
        assertThat(joris.troubles()).allSatisfy(trouble -> assertThat(trouble).startsWith("Failed to load resource"));
    }
}
