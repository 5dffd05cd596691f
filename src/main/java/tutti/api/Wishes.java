package tutti.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import tutti.ballot.Choice;
import tutti.journal.JsonText;
import tutti.site.EventWish;

/** Reads what clients send as JSON; what cannot be read is a 400 that names the field. */
final class Wishes {

    private Wishes() {}

    /** A vote as it was sent. */
    record VoteWish(Choice choice, int ballot) {}

    static EventWish event(String body) {
        var json = object(body);
        return new EventWish(
                text(json, "title"),
                text(json, "description"),
                number(json, "maxContributors"),
                number(json, "votingSeconds"),
                new EventWish.Looks(
                        text(json, "layout"), text(json, "background"), text(json, "textLine"), text(json, "date")));
    }

    static VoteWish vote(String body) {
        var json = object(body);
        var ballot = number(json, "ballot")
                .filter(number -> number > 0)
                .orElseThrow(() -> Problem.invalid("ballot", "Say which ballot you vote in: a number from 1 on."));
        var choice =
                switch (text(json, "choice")) {
                    case "accept" -> Choice.ACCEPT;
                    case "reject" -> Choice.REJECT;
                    default -> throw Problem.invalid("choice", "Vote with \"accept\" or \"reject\".");
                };
        return new VoteWish(choice, ballot);
    }

    private static JsonObject object(String body) {
        try (var parser = JsonText.parser(body)) {
            parser.next();
            var json = parser.getObject();
            if (parser.hasNext()) {
                throw Problem.invalid("", "The body has to be one JSON object and nothing more.");
            }
            return json;
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a parser may throw: for deep nesting, Parsson throws no JsonException.
            throw Problem.invalid("", "The body is not a JSON object that can be read.");
        } catch (StackOverflowError e) {
            throw Problem.invalid("", "The body is nested too deeply.");
        }
    }

    private static String text(JsonObject json, String field) {
        var value = json.getOrDefault(field, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return "";
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw Problem.invalid(field, "This has to be a text.");
    }

    private static Optional<Integer> number(JsonObject json, String field) {
        var value = json.getOrDefault(field, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        try {
            return Optional.of(((JsonNumber) value).intValueExact());
        } catch (ClassCastException | ArithmeticException e) {
            throw Problem.invalid(field, "This has to be a whole number.");
        }
    }
}
