package tutti.peers;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.Outcome;
import tutti.commit.Reason;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.EventId;
import tutti.journal.ChangeText;
import tutti.journal.Incarnation;
import tutti.journal.JsonText;
import tutti.montage.Digest;
import tutti.photo.ContributorId;
import tutti.replica.BallotNews;

/** The peers' messages as JSON. Reading what no site would write throws a runtime exception, which becomes a 400. */
final class Messages {

    private Messages() {}

    /** What a coordinator asks to be prepared. */
    record Proposal(TransactionId id, Change change) {}

    static JsonObject read(String text) {
        try (var reader = JsonText.reader(text)) {
            return reader.readObject();
        }
    }

    static String proposal(TransactionId id, Change change) {
        return object().add("id", id.toString())
                .add("change", ChangeText.json(change))
                .build()
                .toString();
    }

    static Proposal proposal(JsonObject json) {
        return new Proposal(id(json), ChangeText.change(json.getJsonObject("change")));
    }

    static String transaction(TransactionId id) {
        return object().add("id", id.toString()).build().toString();
    }

    static TransactionId id(JsonObject json) {
        return TransactionId.parse(json.getString("id"));
    }

    static String vote(Vote vote) {
        if (vote instanceof Vote.Yes yes) {
            return object().add("vote", "yes")
                    .add("carried", yes.carried())
                    .build()
                    .toString();
        }
        if (vote instanceof Vote.No no) {
            return with(object().add("vote", "no"), Optional.of(no.reason()))
                    .build()
                    .toString();
        }
        var why = ((Vote.CannotSay) vote).why();
        return object().add("vote", "cannot-say").add("why", why).build().toString();
    }

    static Vote vote(JsonObject json) {
        return switch (json.getString("vote")) {
            case "yes" -> new Vote.Yes(json.getInt("carried"));
            case "no" -> new Vote.No(reason(json).orElse(Reason.ABORTED_BEFORE));
            default -> new Vote.CannotSay(json.getString("why", ""));
        };
    }

    static String decision(Decision decision) {
        return decisionJson(decision).build().toString();
    }

    private static JsonObjectBuilder decisionJson(Decision decision) {
        var json = object().add("id", decision.id().toString())
                .add("outcome", decision.outcome().name())
                .add("carried", decision.carried());
        return with(json, decision.reason());
    }

    static Decision decision(JsonObject json) {
        return new Decision(id(json), Outcome.valueOf(json.getString("outcome")), json.getInt("carried"), reason(json));
    }

    /** The answer to a decision: whether it is adopted. What says nothing of that, as older releases do, has adopted it. */
    static String adopted(boolean adopted) {
        return object().add("adopted", adopted).build().toString();
    }

    static boolean isAdopted(JsonObject json) {
        return json.getBoolean("adopted", true);
    }

    /** The answer to a question: a decision, or an empty object for "undecided here too". */
    static String answer(Optional<Decision> decision) {
        return decision.map(Messages::decision).orElse("{}");
    }

    static Optional<Decision> answer(JsonObject json) {
        return json.isEmpty() ? Optional.empty() : Optional.of(decision(json));
    }

    static String report(BallotReport report) {
        return object().add("number", report.number())
                .add("digest", report.digest().hex())
                .add("elapsedMillis", report.elapsed().toMillis())
                .add("accepted", people(report.accepted()))
                .add("rejected", people(report.rejected()))
                .add("missing", people(report.missing()))
                .build()
                .toString();
    }

    static BallotReport report(JsonObject json) {
        return new BallotReport(
                json.getInt("number"),
                new Digest(json.getString("digest")),
                millis(json, "elapsedMillis"),
                people(json, "accepted"),
                people(json, "rejected"),
                people(json, "missing"));
    }

    static Optional<BallotReport> lastReport(JsonObject json) {
        return json.isEmpty() ? Optional.empty() : Optional.of(report(json));
    }

    static String ballot(int number) {
        return object().add("number", number).build().toString();
    }

    static String opened(BallotNews.Opened opened) {
        return openedJson(opened).build().toString();
    }

    private static JsonObjectBuilder openedJson(BallotNews.Opened opened) {
        return object().add("number", opened.number())
                .add("digest", opened.digest().hex())
                .add("timeLeftMillis", opened.timeLeft().toMillis())
                .add("accepted", people(opened.accepted()));
    }

    static BallotNews.Opened opened(JsonObject json) {
        return new BallotNews.Opened(
                json.getInt("number"),
                new Digest(json.getString("digest")),
                millis(json, "timeLeftMillis"),
                people(json, "accepted"));
    }

    static String news(BallotNews news) {
        if (news instanceof BallotNews.Opened opened) {
            return object().add("opened", openedJson(opened)).build().toString();
        }
        if (news instanceof BallotNews.Ended ended) {
            return object().add("ended", decisionJson(ended.decision())).build().toString();
        }
        return "{}";
    }

    static BallotNews news(JsonObject json) {
        if (json.containsKey("opened")) {
            return opened(json.getJsonObject("opened"));
        }
        return json.containsKey("ended")
                ? new BallotNews.Ended(decision(json.getJsonObject("ended")))
                : new BallotNews.NotYet();
    }

    /** A page of events: those after one of them, in the order of their ids. */
    record Page(String after, int limit) {}

    static String page(String after, int limit) {
        return object().add("after", after).add("limit", limit).build().toString();
    }

    static Page page(JsonObject json) {
        return new Page(json.getString("after"), Math.min(json.getInt("limit"), 1_000));
    }

    static String events(Collection<EventId> ids) {
        var array = JsonText.array();
        ids.forEach(id -> array.add(id.value()));
        return object().add("events", array).build().toString();
    }

    static String present(Map<EventId, Set<ContributorId>> present) {
        var json = object();
        present.forEach((event, who) -> {
            var array = JsonText.array();
            who.forEach(one -> array.add(one.value()));
            json.add(event.value(), array);
        });
        return json.build().toString();
    }

    static Map<EventId, Set<ContributorId>> present(JsonObject json) {
        var present = new TreeMap<EventId, Set<ContributorId>>();
        json.keySet()
                .forEach(event -> present.put(
                        new EventId(event),
                        json.getJsonArray(event).getValuesAs(JsonString.class).stream()
                                .map(one -> new ContributorId(one.getString()))
                                .collect(Collectors.toCollection(TreeSet::new))));
        return present;
    }

    static List<EventId> events(JsonObject json) {
        return json.getJsonArray("events").getValuesAs(JsonString.class).stream()
                .map(id -> new EventId(id.getString()))
                .toList();
    }

    static String incarnations(List<Incarnation> known) {
        var array = JsonText.array();
        known.forEach(one -> array.add(
                object().add("site", one.site().name()).add("name", one.name()).add("newest", one.newest())));
        return object().add("incarnations", array).build().toString();
    }

    static List<Incarnation> incarnations(JsonObject json) {
        return json.getJsonArray("incarnations").getValuesAs(JsonObject.class).stream()
                .map(one -> new Incarnation(
                        new SiteName(one.getString("site")), one.getString("name"), one.getBoolean("newest")))
                .toList();
    }

    static JsonObjectBuilder with(JsonObjectBuilder json, Optional<Reason> reason) {
        reason.ifPresent(why -> json.add("reason", why.code()).add("again", why.again()));
        return json;
    }

    static Optional<Reason> reason(JsonObject json) {
        return json.containsKey("reason")
                ? Optional.of(new Reason(json.getString("reason"), json.getBoolean("again")))
                : Optional.empty();
    }

    private static Duration millis(JsonObject json, String key) {
        return Duration.ofMillis(json.getJsonNumber(key).longValueExact());
    }

    static JsonArray people(SortedSet<ContributorId> people) {
        var array = JsonText.array();
        people.forEach(one -> array.add(one.value()));
        return array.build();
    }

    static SortedSet<ContributorId> people(JsonObject json, String key) {
        var people = new TreeSet<ContributorId>();
        json.getJsonArray(key)
                .getValuesAs(JsonString.class)
                .forEach(one -> people.add(new ContributorId(one.getString())));
        return people;
    }

    private static JsonObjectBuilder object() {
        return JsonText.object();
    }

    static String frozen(boolean stopped) {
        return object().add("frozen", stopped).build().toString();
    }

    static boolean frozen(JsonObject json) {
        return json.getBoolean("frozen");
    }

    static String known(boolean known) {
        return object().add("known", known).build().toString();
    }

    static boolean known(JsonObject json) {
        return json.getBoolean("known");
    }

    static String digests(Map<String, String> digests) {
        var json = object();
        digests.forEach(json::add);
        return object().add("digests", json).build().toString();
    }

    /** By event. */
    static Map<String, String> digests(JsonObject json) {
        var digests = new TreeMap<String, String>();
        var told = json.getJsonObject("digests");
        told.keySet().forEach(event -> digests.put(event, told.getString(event)));
        return digests;
    }
}
