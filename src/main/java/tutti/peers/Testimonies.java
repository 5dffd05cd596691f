package tutti.peers;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.commit.Promise;
import tutti.commit.TransactionId;
import tutti.journal.ChangeText;
import tutti.journal.JsonText;
import tutti.montage.Digest;
import tutti.replica.Testimony;
import tutti.replica.Testimony.Fact;

/** What a site tells one that has lost its disk, as JSON. Reading what no site would write throws a runtime exception. */
final class Testimonies {

    private Testimonies() {}

    static String text(Testimony testimony) {
        var facts = JsonText.array();
        testimony.facts().forEach(fact -> facts.add(json(fact)));
        var ballots = JsonText.array();
        testimony.ballots().forEach(ballot -> ballots.add(json(ballot)));
        return JsonText.object()
                .add("lastEnded", testimony.lastEnded())
                .add("facts", facts)
                .add("ballots", ballots)
                .build()
                .toString();
    }

    static Testimony read(JsonObject json) {
        return new Testimony(
                json.getInt("lastEnded"),
                json.getJsonArray("facts").getValuesAs(JsonObject.class).stream()
                        .map(Testimonies::fact)
                        .toList(),
                json.getJsonArray("ballots").getValuesAs(JsonObject.class).stream()
                        .map(Testimonies::ballot)
                        .toList());
    }

    private static JsonObject json(Fact fact) {
        var json = JsonText.object()
                .add("id", fact.id().toString())
                .add("state", fact.promise().state().name())
                .add("carried", fact.carried());
        fact.change().ifPresent(change -> json.add("change", ChangeText.json(change)));
        return Messages.with(json, fact.reason()).build();
    }

    private static Fact fact(JsonObject json) {
        return new Fact(
                TransactionId.parse(json.getString("id")),
                new Promise(Promise.State.valueOf(json.getString("state"))),
                Optional.ofNullable(json.getJsonObject("change")).map(ChangeText::change),
                json.getInt("carried"),
                Messages.reason(json));
    }

    private static JsonObject json(Ballot ballot) {
        var json = JsonText.object()
                .add("number", ballot.number())
                .add("state", ballot.state().name())
                .add("accepted", Messages.people(ballot.accepted()));
        ballot.digest().ifPresent(digest -> json.add("digest", digest.hex()));
        ballot.reason().ifPresent(reason -> json.add("reason", reason.name()));
        ballot.openedAt().ifPresent(at -> json.add("openedAt", at.toString()));
        ballot.endedAt().ifPresent(at -> json.add("endedAt", at.toString()));
        return json.build();
    }

    /** Times are another site's: they are shown, and nothing is decided by them. */
    private static Ballot ballot(JsonObject json) {
        return new Ballot(
                json.getInt("number"),
                text(json, "digest").map(Digest::new),
                Ballot.State.valueOf(json.getString("state")),
                text(json, "reason").map(AbortReason::valueOf),
                text(json, "openedAt").map(Instant::parse),
                Optional.empty(),
                text(json, "endedAt").map(Instant::parse),
                new TreeMap<>(),
                Messages.people(json, "accepted"),
                0,
                new TreeSet<>(),
                Optional.empty());
    }

    private static Optional<String> text(JsonObject json, String key) {
        return Optional.ofNullable(json.getString(key, null));
    }
}
