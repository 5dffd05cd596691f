package tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tutti.commit.SiteName;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.EventDetails;
import tutti.montage.Background;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;

class ChangeTextTest {

    private static final ContributorId ADA = ContributorId.ofCookie("ada");
    private static final String BEFORE_STYLES = "{\"kind\":\"create-event\",\"title\":\"Summer\",\"description\":\"\","
            + "\"maxContributors\":3,\"votingSeconds\":90,\"master\":\"west\",\"creator\":\"" + ADA.value()
            + "\",\"createdAt\":\"2026-11-01T12:00:00Z\"}";

    @ParameterizedTest
    @EnumSource(LayoutKind.class)
    void a_style_is_read_as_it_was_written(LayoutKind layout) {
        for (var background : Background.values()) {
            var dated = new Style(layout, background, "Été \"26\"", Optional.of(LocalDate.of(2026, 7, 18)));
            var bare = new Style(layout, background, "", Optional.empty());

            assertThat(ChangeText.read(ChangeText.write(creation(dated)))).isEqualTo(creation(dated));
            assertThat(ChangeText.read(ChangeText.write(creation(bare)))).isEqualTo(creation(bare));
        }
    }

    @Test
    void a_creation_that_is_older_than_styles_is_plain_and_reads_the_same_for_ever() {
        assertThat(ChangeText.read(BEFORE_STYLES)).isEqualTo(creation(Style.PLAIN));
        assertThat(ChangeText.write(creation(Style.PLAIN))).isEqualTo(BEFORE_STYLES);
    }

    @Test
    void a_layout_that_this_site_does_not_know_is_not_taken_for_another_one() {
        var unknown = BEFORE_STYLES.replace("\"master\"", "\"layout\":\"spiral\",\"master\"");

        assertThatThrownBy(() -> ChangeText.read(unknown)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void an_erasure_and_what_it_leaves_of_a_photo_are_read_as_they_were_written() {
        var sha256 = Sha256.of("sea");
        var photo = new Photo(
                PhotoId.of("event", ADA, sha256),
                ADA,
                "Ada",
                "At the sea",
                new SiteName("west"),
                Instant.parse("2026-11-01T12:00:00Z"),
                new Picture("image/jpeg", 4, 3, 1_000, sha256));
        var left = ChangeText.write(new AddPhoto(photo.erased()));

        assertThat(ChangeText.read(ChangeText.write(new Erase(ADA)))).isEqualTo(new Erase(ADA));
        assertThat(ChangeText.read(left)).isEqualTo(new AddPhoto(photo.erased()));
        assertThat(left).doesNotContain("Ada", "At the sea", sha256.hex());
    }

    private static CreateEvent creation(Style style) {
        return new CreateEvent(new EventDetails(
                "Summer", "", 3, 90, style, new SiteName("west"), ADA, Instant.parse("2026-11-01T12:00:00Z")));
    }
}
