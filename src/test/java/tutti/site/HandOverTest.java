package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tutti.commit.SiteName;
import tutti.event.EventId;

/** Only a site of this cluster can send somebody home, only the home lets them in, and only once. */
class HandOverTest {

    private static final SiteName EAST = new SiteName("east");
    private static final SiteName ASIA = new SiteName("asia");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.123456Z");
    private static final UserSecret WIM = new UserSecret("w".repeat(43));

    private final HandOverSeal seal = seal("0123456789abcdef0123456789abcdef");
    private final HandOverGate gate = new HandOverGate(ASIA);

    private static HandOverSeal seal(String clusterSecret) {
        return new HandOverSeal(clusterSecret.getBytes(StandardCharsets.UTF_8));
    }

    private static HandOver sent(SiteName to, Instant at, String nonce) {
        return new HandOver(WIM, new EventId("e".repeat(22)), EAST, to, at, nonce);
    }

    @Test
    void what_one_site_has_sealed_another_one_reads() {
        var sent = sent(ASIA, NOW, "n");

        assertThat(seal("0123456789abcdef0123456789abcdef").open(seal.seal(sent)))
                .contains(sent);
    }

    @Test
    void a_token_shows_nothing_of_what_is_in_it() {
        var token = seal.seal(sent(ASIA, NOW, "n"));
        var bytes = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);

        assertThat(token).matches("[A-Za-z0-9_-]+").isNotEqualTo(seal.seal(sent(ASIA, NOW, "n")));
        assertThat(bytes).doesNotContain("wwww", "eeee", "asia");
    }

    @Test
    void whoever_has_another_secret_can_neither_make_nor_read_one() {
        var token = seal("another secret of thirty-two characters").seal(sent(ASIA, NOW, "n"));

        assertThat(seal.open(token)).isEmpty();
    }

    @Test
    void no_bit_of_a_token_can_be_changed() {
        var token = Base64.getUrlDecoder().decode(seal.seal(sent(ASIA, NOW, "n")));
        for (var i = 0; i < token.length; i++) {
            var changed = token.clone();
            changed[i] ^= 1;

            assertThat(seal.open(Base64.getUrlEncoder().encodeToString(changed)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "not base64url!", "="})
    void what_is_no_token_is_none(String text) {
        assertThat(seal.open(text)).isEmpty();
    }

    @Test
    void no_text_is_too_short_or_too_long_to_be_refused() {
        for (var length = 0; length < 2000; length++) {
            assertThat(seal.open("A".repeat(length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
    }

    @Test
    void it_lets_somebody_in_once() {
        assertThat(gate.admits(sent(ASIA, NOW, "first"), NOW)).isTrue();
        assertThat(gate.admits(sent(ASIA, NOW, "first"), NOW)).isFalse();
        assertThat(gate.admits(sent(ASIA, NOW, "second"), NOW)).isTrue();
    }

    @Test
    void it_is_for_one_site() {
        assertThat(gate.admits(sent(EAST, NOW, "n"), NOW)).isFalse();
        assertThat(gate.admits(sent(ASIA, NOW, "n"), NOW)).isTrue();
    }

    @Test
    void it_is_good_for_a_minute_by_clocks_that_may_be_apart_as_far_as_sites_allow() {
        var late = NOW.plus(HandOver.GOOD_FOR).plus(Times.CLOCKS_APART_MAX);
        var early = NOW.minus(Times.CLOCKS_APART_MAX);

        assertThat(gate.admits(sent(ASIA, NOW, "late"), late)).isTrue();
        assertThat(gate.admits(sent(ASIA, NOW, "too late"), late.plusNanos(1))).isFalse();
        assertThat(gate.admits(sent(ASIA, NOW, "early"), early)).isTrue();
        assertThat(gate.admits(sent(ASIA, NOW, "too early"), early.minusNanos(1)))
                .isFalse();
        assertThat(HandOver.GOOD_FOR).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_secret_is_not_told_to_a_log() {
        assertThat(sent(ASIA, NOW, "n").toString()).doesNotContain("www");
    }
}
