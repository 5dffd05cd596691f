package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.EAST;
import static tutti.cluster.Site.WEST;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the time of one request goes, at all sites, in one trace. */
@ExtendWith(RunningCluster.Resolver.class)
class TracesIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final RunningCluster cluster;

    TracesIT(RunningCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void one_upload_is_one_trace_over_all_sites() throws IOException {
        var gina = Guest.named("Gina", cluster, WEST);
        var event = gina.at(EAST).creates("Traced", 60);
        var exported = new CopyOnWriteArrayList<String>();
        var collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.collector()), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            gina.post(
                            "/events/" + event + "/photos",
                            Multipart.photo(Photos.small(System.nanoTime())),
                            "traceparent",
                            "00-" + TRACE + "-00f067aa0ba902b7-01")
                    .is(201);

            for (var site : Site.values()) {
                Soon.until("the trace has been at " + site, () -> assertThat(ofTheTrace(exported))
                        .anySatisfy(spans -> assertThat(spans).contains("tutti-" + site)));
            }
            assertThat(exported).as("what nobody asked for is not traced").hasSameSizeAs(ofTheTrace(exported));
        } finally {
            collector.stop(0);
        }
    }

    /** Of what the sites have sent, in OTLP's protobuf, what has the trace's id in it. */
    private static List<String> ofTheTrace(List<String> exported) {
        var id = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
        return exported.stream().filter(spans -> spans.contains(id)).toList();
    }
}
