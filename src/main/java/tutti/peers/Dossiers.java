package tutti.peers;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.journal.Dossier;
import tutti.journal.Dossier.Entry;
import tutti.journal.Dossier.Outline;
import tutti.journal.JsonText;

/** What a site has recorded of an event, as JSON. Reading what no site would write throws a runtime exception. */
final class Dossiers {

    private Dossiers() {}

    static String text(Dossier dossier) {
        var entries = JsonText.array();
        dossier.entries()
                .forEach(entry -> entries.add(JsonText.object()
                        .add("at", entry.at().toString())
                        .add("subject", entry.subject())
                        .add("what", entry.what())));
        var json = JsonText.object().add("entries", entries);
        dossier.outline().ifPresent(outline -> json.add("outline", json(outline)));
        return json.build().toString();
    }

    static Dossier read(JsonObject json) {
        return new Dossier(
                Optional.ofNullable(json.getJsonObject("outline")).map(Dossiers::outline),
                json.getJsonArray("entries").stream()
                        .map(JsonValue::asJsonObject)
                        .map(Dossiers::entry)
                        .toList());
    }

    private static JsonObject json(Outline outline) {
        var json = JsonText.object()
                .add("title", outline.title())
                .add("phase", outline.phase())
                .add("revision", outline.revision())
                .add("photos", outline.photos())
                .add("waiting", outline.waiting())
                .add("frozen", outline.frozen());
        outline.master().ifPresent(master -> json.add("master", master.name()));
        return json.build();
    }

    private static Outline outline(JsonObject json) {
        return new Outline(
                json.getString("title"),
                json.getString("phase"),
                Optional.ofNullable(json.getString("master", null)).map(SiteName::new),
                json.getJsonNumber("revision").longValueExact(),
                json.getInt("photos"),
                json.getInt("waiting"),
                json.getBoolean("frozen", false));
    }

    private static Entry entry(JsonObject json) {
        return new Entry(Instant.parse(json.getString("at")), json.getString("subject"), json.getString("what"));
    }
}
