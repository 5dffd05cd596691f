package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.site.RateLimits.Kind.CHANGE;
import static tutti.site.RateLimits.Kind.EVENT;
import static tutti.site.RateLimits.Kind.UPLOAD;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tutti.photo.ContributorId;

class RateLimitsTest {
    private static final String HERE = "192.0.2.1";

    private final RateLimits limits = new RateLimits();

    @BeforeEach
    void begin() {
        limits.begin(new Rates(2, 7, 3, 11, 5, 13, 3));
    }

    @Test
    void one_user_may_do_so_much_of_each_kind() {
        var ana = Optional.of(ContributorId.ofCookie("ana"));

        assertThat(granted(EVENT, ana)).isEqualTo(2);
        assertThat(granted(UPLOAD, ana)).isEqualTo(3);
        assertThat(granted(CHANGE, ana)).isEqualTo(5);
        assertThat(limits.delay(EVENT, Optional.of(ContributorId.ofCookie("ben")), HERE))
                .as("somebody else at the same address")
                .isEmpty();
    }

    @Test
    void whoever_is_a_new_user_each_time_is_held_back_by_the_address() {
        assertThat(IntStream.range(0, 50)
                        .filter(i -> limits.delay(UPLOAD, Optional.of(ContributorId.ofCookie("nobody " + i)), HERE)
                                .isEmpty())
                        .count())
                .isEqualTo(11);
        assertThat(granted(CHANGE, Optional.empty())).isEqualTo(13);
        assertThat(limits.delay(CHANGE, Optional.empty(), "192.0.2.2")).isEmpty();
    }

    @Test
    void says_how_long_to_wait() {
        var ana = Optional.of(ContributorId.ofCookie("ana"));
        granted(EVENT, ana);

        assertThat(limits.delay(EVENT, ana, HERE).orElseThrow()).isBetween(Duration.ofHours(11), Duration.ofHours(12));
    }

    @Test
    void so_many_requests_of_one_address_are_answered_at_once() {
        var atOnce = limits.atOnce();

        assertThat(IntStream.range(0, 5).filter(i -> atOnce.enter(HERE)).count())
                .isEqualTo(3);
        assertThat(atOnce.enter("192.0.2.2")).isTrue();
        atOnce.leave(HERE);
        assertThat(atOnce.enter(HERE)).isTrue();
        assertThat(atOnce.enter(HERE)).isFalse();
    }

    private long granted(RateLimits.Kind kind, Optional<ContributorId> user) {
        return IntStream.range(0, 50)
                .filter(i -> limits.delay(kind, user, HERE).isEmpty())
                .count();
    }
}
