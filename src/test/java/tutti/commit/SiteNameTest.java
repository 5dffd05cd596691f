package tutti.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteNameTest {

    @Test
    void reads_as_its_name_and_sorts_by_it() {
        assertThat(new SiteName("asia")).hasToString("asia").isLessThan(new SiteName("west"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "West", "1st", "a b", "../etc", "a.b", "abcdefghijklmnopqrstuvwxyz-123456"})
    void refuses_what_cannot_be_a_folder_and_a_key(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SiteName(name));
    }
}
