package tutti.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a request comes from: what the connection says, and behind one of the proxies of {@code tutti.proxies} what that one
 * says. Whatever else stands in {@code X-Forwarded-For}, anybody may have written there.
 */
@ApplicationScoped
public class ClientAddress {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern OF_A_PROXY =
            Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|via", Pattern.CASE_INSENSITIVE);
    private static final int NETWORK_BYTES = 8;

    @Inject
    private SiteConfig config;

    /** Such as {@code 192.0.2.7}, or {@code 2001:db8:0:1:0:0:0:0/64}: of IPv6 the network, all of which is one customer's. */
    public String of(HttpServletRequest request) {
        return of(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")), config.proxies());
    }

    /**
     * Whether somebody asks from the very machine that the site runs on. A proxy there asks for others, and says so in headers
     * of its own; one that says nothing makes all of them one, here as in {@link #of}.
     */
    public boolean isThisMachine(HttpServletRequest request) {
        return isThisMachine(request.getRemoteAddr(), Collections.list(request.getHeaderNames()));
    }

    static boolean isThisMachine(String direct, List<String> headers) {
        return isLoopback(direct)
                && headers.stream()
                        .noneMatch(header -> OF_A_PROXY.matcher(header).matches());
    }

    /** It is an address already, so nobody is asked for it. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static String of(String direct, List<String> forwarded, Set<String> proxies) {
        var hops = forwarded.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
        var address = direct;
        for (var i = hops.size() - 1; i >= 0 && proxies.contains(address); i--) {
            if (!ADDRESS.matcher(hops.get(i)).matches()) {
                break;
            }
            address = hops.get(i);
        }
        return network(address);
    }

    /** Written as an address, so that nobody is asked for its name. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            var bytes = InetAddress.getByName(address);
            if (bytes instanceof Inet6Address) {
                var network =
                        Arrays.copyOf(Arrays.copyOf(bytes.getAddress(), NETWORK_BYTES), bytes.getAddress().length);
                return InetAddress.getByAddress(network).getHostAddress() + "/64";
            }
            return bytes.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
