package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static final Set<String> PROXIES = Set.of("10.0.0.5", "10.0.0.6");

    @Test
    void believes_nobody_but_the_proxies() {
        assertThat(ClientAddress.of("192.0.2.7", List.of("198.51.100.1"), PROXIES))
                .isEqualTo("192.0.2.7");
        assertThat(ClientAddress.of("10.0.0.5", List.of("198.51.100.1"), PROXIES))
                .isEqualTo("198.51.100.1");
        assertThat(ClientAddress.of("10.0.0.5", List.of(), PROXIES)).isEqualTo("10.0.0.5");
    }

    @Test
    void believes_of_a_list_only_what_proxies_have_added() {
        assertThat(ClientAddress.of("10.0.0.5", List.of("203.0.113.9, 198.51.100.1", "10.0.0.6"), PROXIES))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void takes_what_is_no_address_for_none() {
        assertThat(ClientAddress.of("10.0.0.5", List.of("localhost"), PROXIES)).isEqualTo("10.0.0.5");
        assertThat(ClientAddress.of("10.0.0.5", List.of(""), PROXIES)).isEqualTo("10.0.0.5");
    }

    @Test
    void takes_a_network_of_ipv6_for_one_customer() {
        assertThat(ClientAddress.of("2001:db8:1:2::a", List.of(), PROXIES))
                .isEqualTo(ClientAddress.of("2001:db8:1:2:ffff::b", List.of(), PROXIES))
                .isNotEqualTo(ClientAddress.of("2001:db8:1:3::a", List.of(), PROXIES))
                .endsWith("/64");
        assertThat(ClientAddress.of("::ffff:192.0.2.7", List.of(), PROXIES)).isEqualTo("192.0.2.7");
    }
}
