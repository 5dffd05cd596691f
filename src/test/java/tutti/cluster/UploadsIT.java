package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of photos between the moment they are chosen and the moment a site has them. */
@ExtendWith(Evening.Resolver.class)
class UploadsIT {

    /** How many photos this browser keeps, for all events. */
    private static final String KEPT =
            """
            () => new Promise((resolve, reject) => {
              const request = indexedDB.open('tutti', 1);
              request.onerror = () => reject(request.error);
              request.onsuccess = () => {
                const database = request.result;
                const count = database.transaction('photos').objectStore('photos').count();
                count.onsuccess = () => { database.close(); resolve(count.result); };
              };
            })
            """;

    /** A photo that arrives with a paste, or is dropped from a folder. */
    private static final String ARRIVES =
            """
            ([kind, name, type, base64]) => {
              const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name, {type}));
              const options = {bubbles: true, cancelable: true, clipboardData: transfer, dataTransfer: transfer};
              document.body.dispatchEvent(kind === 'paste' ? new ClipboardEvent(kind, options) : new DragEvent(kind, options));
            }
            """;

    private final Evening evening;

    UploadsIT(Evening evening) {
        this.evening = evening;
    }

    @Test
    void what_was_chosen_goes_on_after_a_reload_and_is_forgotten_once_it_is_in() {
        var mila = evening.phone(WEST).opens(evening.event("A walk in the rain"));
        mila.fills("Your name", "Mila");
        mila.page().route("**/photos", Route::abort);

        mila.chooses(List.of(Photos.small(11), Photos.small(12), Photos.small(13)));
        mila.sees("It is tried again by itself.");
        mila.page().waitForCondition(() -> mila.page().evaluate(KEPT).equals(3));
        mila.isPhotographed("uploads-waiting");
        mila.page().reload();
        assertThat(mila.page().locator(".upload-row")).hasCount(3);
        mila.isPhotographed("uploads-restored");
        mila.page().unroute("**/photos");

        mila.hasIn(3);
        mila.page().waitForCondition(() -> mila.page().evaluate(KEPT).equals(0));
    }

    @Test
    void what_is_cancelled_or_refused_for_good_does_not_come_back() {
        var bo = evening.phone(WEST).opens(evening.event("Nothing to see"));
        bo.chooses(List.of(Photos.small(21)));
        bo.sees("Waiting for your name");
        bo.taps("Cancel");
        bo.fills("Your name", "Bo");
        bo.chooses(List.of("no photo at all".getBytes(StandardCharsets.UTF_8)));
        bo.sees("This is not a photo that we can read.");

        bo.page().reload();

        bo.page().waitForCondition(() -> bo.page().evaluate(KEPT).equals(0));
        assertThat(bo.page().locator(".upload-row")).hasCount(0);
    }

    @Test
    void what_a_vote_holds_back_is_offered_again_also_after_a_reload() {
        var event = evening.event("The long table");
        var ines = evening.phone(WEST).opens(event);
        var tom = evening.phone(EAST).opens(event);
        ines.addsAs("Ines", List.of(Photos.small(31)));
        tom.addsAs("Tom", List.of(Photos.small(32)));
        assertThat(ines.person("Tom")).isVisible();
        ines.accepts("Accept and start the vote");
        tom.sees("voting", "Do you agree?");

        arrives(tom, "paste", "pasted.jpg", Photos.small(33));
        arrives(tom, "drop", "dropped.jpg", Photos.small(34));
        assertThat(tom.page().locator(".upload-row.held")).hasCount(2);
        tom.page().reload();
        assertThat(tom.page().locator(".upload-row.held")).hasCount(2);
        tom.isPhotographed("uploads-held");
        tom.rejects();
        assertThat(tom.page().locator(".upload-row.again")).hasCount(2);
        tom.isPhotographed("uploads-again");
        tom.taps("Send them all now");

        tom.hasIn(3);
    }

    private static void arrives(Phone phone, String kind, String name, byte[] bytes) {
        phone.page()
                .evaluate(
                        ARRIVES,
                        List.of(kind, name, "image/jpeg", Base64.getEncoder().encodeToString(bytes)));
    }

    @Test
    void a_photo_that_no_site_can_read_is_explained_before_it_is_sent() {
        var uma = evening.phone(WEST).opens(evening.event("From an iPhone"));
        uma.fills("Your name", "Uma");
        var heic = new byte[4096];
        System.arraycopy("\0\0\0\30ftypheic".getBytes(StandardCharsets.ISO_8859_1), 0, heic, 0, 12);

        // Its name and type say JPEG, as those of phones sometimes do.
        arrives(uma, "paste", "IMG_0001.jpg", heic);

        uma.sees("This photo is in Apple’s HEIC format");
        assertThat(uma.page().evaluate(KEPT)).isEqualTo(0);
    }

    @Test
    void phones_offer_camera_and_library_apart() {
        var kim = evening.phone(WEST).opens(evening.event("Here and now"));

        assertThat(kim.page().locator("#camera")).hasAttribute("capture", "environment");
        kim.sees("Take a photo");
        kim.fills("Your name", "Kim");
        kim.page()
                .waitForFileChooser(() -> kim.page().getByText("Take a photo").click())
                .setFiles(new FilePayload("image.jpg", "image/jpeg", Photos.small(41)));

        kim.hasIn(1);
    }
}
