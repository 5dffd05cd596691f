package tutti.peers;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.commit.Outcome;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.EventId;
import tutti.journal.Backlog;
import tutti.journal.Backlog.InDoubt;
import tutti.journal.JsonText;
import tutti.replica.Forced;
import tutti.site.Silence;
import tutti.site.SiteReport;

/** What a site says of itself, as JSON. Reading what no site would write throws a runtime exception. */
final class SiteReports {

    private SiteReports() {}

    static String text(SiteReport report) {
        var measures = JsonText.object();
        report.measures().forEach(measures::add);
        var json = JsonText.object()
                .add("site", report.site().name())
                .add("at", report.at().toString())
                .add("startedAt", report.startedAt().toString())
                .add("silent", names(new TreeSet<>(report.silent().keySet())))
                .add("silences", silences(report))
                .add("paused", names(report.paused()))
                .add("diskFree", report.diskFree())
                .add("diskSize", report.diskSize())
                .add("photoBytes", report.photoBytes())
                .add("measures", measures);
        report.drainedSince().ifPresent(since -> json.add("drainedSince", since.toString()));
        report.trouble().ifPresent(why -> json.add("trouble", why));
        report.backlog().ifPresent(backlog -> json.add("backlog", json(backlog)));
        return json.build().toString();
    }

    static SiteReport read(JsonObject json) {
        return new SiteReport(
                new SiteName(json.getString("site")),
                Instant.parse(json.getString("at")),
                Instant.parse(json.getString("startedAt")),
                Optional.ofNullable(json.getString("trouble", null)),
                Optional.ofNullable(json.getJsonObject("silences"))
                        .map(SiteReports::silences)
                        .orElseGet(() -> silencesOfOldRelease(json)),
                Optional.ofNullable(json.getString("drainedSince", null)).map(Instant::parse),
                Optional.ofNullable(json.getJsonArray("paused"))
                        .map(SiteReports::names)
                        .orElseGet(TreeSet::new),
                Optional.ofNullable(json.getJsonObject("backlog")).map(SiteReports::backlog),
                json.getJsonNumber("diskFree").longValueExact(),
                json.getJsonNumber("diskSize").longValueExact(),
                Optional.ofNullable(json.getJsonNumber("photoBytes"))
                        .map(JsonNumber::longValueExact)
                        .orElse(0L),
                Optional.ofNullable(json.getJsonObject("measures"))
                        .map(SiteReports::measures)
                        .orElseGet(TreeMap::new));
    }

    private static JsonArrayBuilder names(SortedSet<SiteName> sites) {
        var names = JsonText.array();
        sites.forEach(site -> names.add(site.name()));
        return names;
    }

    private static SortedSet<SiteName> names(JsonArray sites) {
        var names = new TreeSet<SiteName>();
        sites.getValuesAs(JsonString.class).forEach(site -> names.add(new SiteName(site.getString())));
        return names;
    }

    private static JsonObjectBuilder silences(SiteReport report) {
        var silences = JsonText.object();
        report.silent()
                .forEach((peer, silence) -> silences.add(
                        peer.name(),
                        JsonText.object()
                                .add("since", silence.since().toString())
                                .add("sign", silence.sign().name())));
        return silences;
    }

    private static SortedMap<SiteName, Silence> silences(JsonObject json) {
        var silences = new TreeMap<SiteName, Silence>();
        json.keySet().forEach(peer -> {
            var silence = json.getJsonObject(peer);
            silences.put(
                    new SiteName(peer),
                    new Silence(
                            Instant.parse(silence.getString("since")),
                            Silence.Sign.valueOf(silence.getString("sign"))));
        });
        return silences;
    }

    /** It names those that are silent, and no more. */
    private static SortedMap<SiteName, Silence> silencesOfOldRelease(JsonObject json) {
        var silences = new TreeMap<SiteName, Silence>();
        var at = Instant.parse(json.getString("at"));
        names(json.getJsonArray("silent")).forEach(peer -> silences.put(peer, new Silence(at, Silence.Sign.UNKNOWN)));
        return silences;
    }

    private static SortedMap<String, String> measures(JsonObject json) {
        var measures = new TreeMap<String, String>();
        json.keySet().forEach(key -> measures.put(key, json.getString(key)));
        return measures;
    }

    private static JsonObject json(Backlog backlog) {
        var undelivered = JsonText.object();
        backlog.undelivered().forEach((peer, messages) -> undelivered.add(peer.name(), messages));
        var inDoubt = JsonText.array();
        backlog.inDoubt().forEach(promise -> inDoubt.add(json(promise)));
        var json = JsonText.object()
                .add("events", backlog.events())
                .add("photos", backlog.photos())
                .add("owing", backlog.owing())
                .add("undelivered", undelivered)
                .add("inDoubt", inDoubt)
                .add("waiting", backlog.waiting())
                .add("openBallots", backlog.openBallots());
        backlog.owedSince().ifPresent(since -> json.add("owedSince", since.toString()));
        return json.build();
    }

    private static Backlog backlog(JsonObject json) {
        var undelivered = new TreeMap<SiteName, Integer>();
        JsonObject byPeer = json.getJsonObject("undelivered");
        byPeer.keySet().forEach(peer -> undelivered.put(new SiteName(peer), byPeer.getInt(peer)));
        JsonArray inDoubt = json.getJsonArray("inDoubt");
        return new Backlog(
                json.getJsonNumber("events").longValueExact(),
                json.getJsonNumber("photos").longValueExact(),
                json.getInt("owing"),
                Optional.ofNullable(json.getString("owedSince", null)).map(Instant::parse),
                undelivered,
                inDoubt.stream()
                        .map(JsonValue::asJsonObject)
                        .map(SiteReports::inDoubt)
                        .toList(),
                json.getInt("waiting"),
                json.getInt("openBallots"));
    }

    private static JsonObjectBuilder json(InDoubt promise) {
        var json = JsonText.object()
                .add("event", promise.event().value())
                .add("id", promise.id().toString())
                .add("since", promise.since().toString())
                .add("mixed", promise.isMixed());
        promise.forced().ifPresent(forced -> json.add("forced", forced.outcome().name()));
        return json;
    }

    private static InDoubt inDoubt(JsonObject json) {
        return new InDoubt(
                new EventId(json.getString("event")),
                TransactionId.parse(json.getString("id")),
                Instant.parse(json.getString("since")),
                Optional.ofNullable(json.getString("forced", null))
                        .map(outcome -> new Forced(Outcome.valueOf(outcome), json.getBoolean("mixed"))));
    }
}
