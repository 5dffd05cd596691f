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

    @Test
    void knows_whoever_is_at_the_machine_itself_from_whoever_comes_through_a_proxy_there() {
        for (var loopback : List.of("127.0.0.1", "127.0.1.1", "0:0:0:0:0:0:0:1", "::1", "::ffff:127.0.0.1")) {
            assertThat(ClientAddress.isThisMachine(loopback, List.of("host", "cookie")))
                    .as(loopback)
                    .isTrue();
            for (var header : List.of("X-Forwarded-For", "x-forwarded-proto", "Forwarded", "X-Real-IP", "Via")) {
                assertThat(ClientAddress.isThisMachine(loopback, List.of("host", header)))
                        .as(loopback + " with " + header)
                        .isFalse();
            }
        }
        assertThat(ClientAddress.isThisMachine("192.0.2.7", List.of("host"))).isFalse();
        assertThat(ClientAddress.isThisMachine("2001:db8::1", List.of("host"))).isFalse();
    }
}
