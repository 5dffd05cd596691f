package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

    @Test
    void only_the_right_password_matches() {
        var hash = PasswordHash.of("correct horse");

        assertThat(hash.matches("correct horse")).isTrue();
        assertThat(hash.matches("correct horse ")).isFalse();
        assertThat(hash.text()).doesNotContain("horse");
    }

    @Test
    void the_same_password_never_hashes_alike() {
        assertThat(PasswordHash.of("again").text())
                .isNotEqualTo(PasswordHash.of("again").text());
    }

    @Test
    void what_is_no_hash_lets_nobody_in() {
        assertThat(new PasswordHash("").matches("")).isFalse();
        assertThat(new PasswordHash("PBKDF2WithHmacSHA512:x:y:z").matches("z")).isFalse();
        assertThat(new PasswordHash("NOSUCH:1:c2FsdA==:c2FsdA==").matches("z")).isFalse();
    }
}
