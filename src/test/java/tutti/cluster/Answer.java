package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a site has answered. */
record Answer(String request, int status, HttpHeaders headers, byte[] body) {

    private static final List<String> NEVER_SAID =
            List.of("Exception", "\tat ", "java.", "jakarta.", "org.glassfish", "fish.payara", "tutti.api", "SELECT ");

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    JsonObject json() {
        try (var reader = Json.createReader(new StringReader(text()))) {
            return reader.readObject();
        }
    }

    JsonArray list() {
        try (var reader = Json.createReader(new StringReader(text()))) {
            return reader.readArray();
        }
    }

    Answer is(int expected) {
        assertThat(status)
                .as("%s: %s", this, header("Content-Type").contains("json") ? text() : "")
                .isEqualTo(expected);
        return this;
    }

    /** A problem as RFC 9457 and the public contract want it: complete, and with nothing of the machinery in it. */
    Answer isProblem(int expected, String code) {
        is(expected);
        assertThat(header("Content-Type")).as(toString()).startsWith("application/problem+json");
        assertThat(NEVER_SAID.stream().filter(text()::contains).toList())
                .as("%s: %s", this, text())
                .isEmpty();
        var problem = json();
        assertThat(problem.getString("type")).as(toString()).isEqualTo("urn:tutti:problem:" + code);
        assertThat(problem.getInt("status")).as(toString()).isEqualTo(expected);
        assertThat(problem.getString("title")).as(toString()).isNotBlank();
        assertThat(problem.getString("detail")).as(toString()).isNotBlank();
        return this;
    }

    @Override
    public String toString() {
        return request + " -> " + status;
    }
}
