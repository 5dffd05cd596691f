package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.ASIA;
import static tutti.cluster.Site.EUROPE;
import static tutti.cluster.Site.WEST;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages whose line, or whose site, goes away under them and comes back. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class InterruptionsIT {

    /** A photo of a phone takes ten seconds at this pace. */
    private static final int SLOW_BYTES_PER_SECOND = 80_000;

    private static final Pattern HALFWAY = Pattern.compile("Sending, [1-9]\\d? %");

    private final RunningCluster cluster;
    private final Evening evening;

    InterruptionsIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void a_photo_goes_on_when_its_connection_broke_off_in_the_middle_of_it() {
        var lea = evening.phone(ASIA).opens(evening.event("Through a tunnel"));
        var line = is_sending_slowly(lea, "Lea");

        cluster.kill(ASIA);
        lea.sees("The connection broke off. It is tried again by itself.");
        lea.isPhotographed("uploads-offline");
        line.isAsUsual();
        cluster.start(ASIA);

        lea.hasIn(1);
        assertThat(lea.person("Lea")).containsText("1 photo");
    }

    @Test
    void a_photo_goes_on_when_its_page_was_loaded_again_in_the_middle_of_it() {
        var ole = evening.phone(WEST).opens(evening.event("An impatient thumb"));
        var line = is_sending_slowly(ole, "Ole");

        ole.page().reload();
        line.isAsUsual();

        ole.hasIn(1);
        assertThat(ole.person("Ole")).containsText("1 photo");
    }

    private static Line is_sending_slowly(Phone phone, String name) {
        var line = Line.of(phone.page());
        line.sends(SLOW_BYTES_PER_SECOND);
        phone.fills("Your name", name);
        phone.chooses(List.of(Photos.ofAPhone()));
        assertThat(phone.page().locator(".upload-row .state")).hasText(HALFWAY);
        return line;
    }

    @Test
    void photos_chosen_while_a_site_has_no_database_get_in_by_themselves() {
        var noor = evening.phone(EUROPE);
        noor.creates("The day the disks were full");
        var tries = new AtomicInteger();
        noor.page().onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/photos")) {
                tries.incrementAndGet();
            }
        });
        noor.fills("Your name", "Noor");

        cluster.killDatabase(EUROPE);
        noor.chooses(List.of(Photos.small(1)));
        noor.sees("It is tried again by itself.");
        var other = evening.phone(EUROPE).opens("/gallery", 503);
        other.sees("This site is catching its breath");
        other.isPhotographed("storage-unavailable");
        noor.page().waitForCondition(() -> tries.get() > 4);
        cluster.start(EUROPE);

        noor.hasIn(1);
    }

    @Test
    void the_next_tap_on_an_open_page_works_after_a_restart_of_its_site() {
        var mara = evening.phone(WEST);
        var joris = evening.phone(EUROPE);
        var lena = evening.phone(EUROPE).opens("/");
        var event = mara.creates("The day the power went");
        evening.isEverywhere(event);
        joris.opens(event);
        mara.addsAs("Mara", List.of(Photos.small(1)));
        joris.addsAs("Joris", List.of(Photos.small(2)));
        assertThat(joris.person("Mara")).isVisible();
        lena.fills("What is it called?", "Half filled in");

        cluster.kill(EUROPE);
        joris.sees("No connection. Trying again");
        cluster.start(EUROPE);
        joris.accepts("Accept and start the vote");
        lena.taps("Create the event");

        joris.sees("voting", "Thank you. Your yes is safe.");
        lena.sees("open", "Half filled in");
        mara.sees("voting", "Do you agree?");
        mara.accepts("Accept");
        mara.sees("published", "Everyone said yes!");
        joris.sees("published", "Everyone said yes!");
        assertThat(mara.troubles()).isEmpty();
        assertThat(lena.troubles()).isEmpty();
        assertThat(joris.troubles()).allSatisfy(trouble -> assertThat(trouble).startsWith("Failed to load resource"));
    }
}
