package tutti.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Evening.published;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole of it: ten people at a table, each with a phone, near all four sites. */
@ExtendWith({RunningCluster.Resolver.class, Evening.Resolver.class})
class TenPhonesIT {

    private static final List<String> NAMES =
            List.of("Wim", "Ella", "Astrid", "Jun", "Mara", "Noor", "Tomasz", "Inés", "Bo", "Kim");

    private final RunningCluster cluster;
    private final Evening evening;

    TenPhonesIT(RunningCluster cluster, Evening evening) {
        this.cluster = cluster;
        this.evening = evening;
    }

    @Test
    void ten_people_get_from_the_code_to_a_published_montage() {
        var sites = Site.values();
        var table = IntStream.range(0, NAMES.size())
                .mapToObj(seat -> evening.phone(sites[seat % sites.length]))
                .toList();
        var host = table.get(0);

        var event = host.creates("Ten at a table");
        everybody_follows_the_code(event, table);
        everybody_adds_photos(table);
        everybody_sees_the_montage_of_all(table);
        everybody_says_yes(table);
        everybody_has_a_receipt(table);
        for (var seat = 0; seat < sites.length; seat++) {
            it_is_public(table.get(seat), event);
        }

        evening.hadNoTroubles();
    }

    /** Those near another site than the host's have its address, and the path that the code gives. */
    private void everybody_follows_the_code(String event, List<Phone> table) {
        var link = URI.create(Camera.reads(table.get(0).page().locator(".qr svg")));
        assertThat(link).isEqualTo(cluster.url(Site.WEST).resolve(event));
        evening.isEverywhere(event);
        for (var guest : table.subList(1, table.size())) {
            guest.opens(link.getPath());
        }
    }

    /** All at once, as people do who have just been told to. */
    private static void everybody_adds_photos(List<Phone> table) {
        var photos = Photos.ofATable();
        var chosen = new ArrayList<List<byte[]>>();
        for (var seat = 0; seat < table.size(); seat++) {
            var second = seat + table.size();
            chosen.add(
                    second < photos.size() ? List.of(photos.get(seat), photos.get(second)) : List.of(photos.get(seat)));
            table.get(seat).fills("Your name, as the others will see it", NAMES.get(seat));
            table.get(seat).chooses(chosen.get(seat));
        }
        for (var seat = 0; seat < table.size(); seat++) {
            table.get(seat).hasIn(chosen.get(seat).size());
        }
    }

    private static void everybody_sees_the_montage_of_all(List<Phone> table) {
        for (var phone : table) {
            assertThat(phone.page().locator("#part-head")).containsText("10 people are in");
            var people = phone.page().locator(".persons strong");
            assertThat(people).hasCount(NAMES.size());
            assertThat(people.allTextContents()).containsExactlyInAnyOrderElementsOf(NAMES);
        }
        var digest = table.get(0).digest();
        for (var phone : table) {
            assertThat(phone.digest()).isEqualTo(digest);
            phone.seesMontage(digest);
            phone.isSound();
        }
    }

    private static void everybody_says_yes(List<Phone> table) {
        var first = table.get(2);
        first.accepts("Accept and start the vote");
        first.sees("voting", "Thank you. Your yes is safe.");
        var others = table.stream().filter(phone -> phone != first).toList();
        for (var phone : others) {
            phone.sees("voting", "Do you agree?");
        }
        others.get(0).isPhotographed("ten-voting");
        for (var phone : others) {
            phone.accepts("Accept");
        }
        for (var phone : table) {
            phone.sees("published", "Everyone said yes!");
        }
    }

    /** A different one for each, and each of them is known at another site than its owner's. */
    private void everybody_has_a_receipt(List<Phone> table) {
        for (var phone : table) {
            phone.sees("published", "Your receipt");
        }
        var receipts = table.stream().map(Phone::receipt).toList();
        assertThat(receipts).doesNotHaveDuplicates();
        for (var seat = 0; seat < receipts.size(); seat++) {
            var elsewhere = Site.values()[(seat + 1) % Site.values().length];
            assertThat(evening.stranger(elsewhere, receipts.get(seat)).is(200).text())
                    .contains("This receipt is genuine");
        }
    }

    private static void it_is_public(Phone phone, String event) {
        phone.page().getByText("See the published montage").click();
        phone.sees("10 people said yes");
        assertThat(phone.path()).isEqualTo(published(event));
        phone.isPicture(phone.page().locator(".public img"));
        phone.isSound();
    }
}
