package tutti.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tutti.ballot.AbortReason;
import tutti.ballot.Choice;
import tutti.journal.JsonText;
import tutti.site.EventView;
import tutti.site.EventView.BallotView;
import tutti.site.EventView.Contributor;
import tutti.site.EventView.PhotoView;

/** What users may see, as the JSON of the public contract. */
final class Views {

    private Views() {}

    static JsonObject event(EventView view) {
        var details = view.details();
        var json = JsonText.object()
                .add("id", view.id().value())
                .add("title", details.title())
                .add("description", details.description())
                .add("status", view.status().code())
                .add("site", view.site().name())
                .add("master", details.master().name())
                .add("createdAt", details.createdAt().toString());
        add(json, "publishedAt", view.publishedAt());
        json.add("maxContributors", details.maxContributors())
                .add("votingSeconds", details.votingSeconds())
                .add("layout", details.style().layout().code())
                .add("background", details.style().background().code())
                .add("textLine", details.style().textLine());
        add(json, "date", details.style().date());
        json.add(
                        "version",
                        JsonText.object()
                                .add("number", view.version().number())
                                .add("digest", view.version().digest().hex()))
                .add("ballotNumber", view.ballotNumber())
                .add("contributorCount", view.contributorCount())
                .add("contributors", array(view.contributors(), Views::contributor))
                .add("you", you(view));
        json.add("ballot", view.ballot().<JsonValue>map(Views::ballot).orElse(JsonValue.NULL));
        if (view.status() == EventView.Status.CREATING) {
            json.add("missingSites", names(view.missingSites()));
        }
        return json.add("frozen", view.frozen()).add("url", view.url()).build();
    }

    private static JsonObject contributor(Contributor contributor) {
        var json = JsonText.object()
                .add("name", contributor.name())
                .add("erased", contributor.erased())
                .add("photos", contributor.photos())
                .add("home", contributor.home().name())
                .add("you", contributor.you());
        contributor.looking().ifPresentOrElse(looking -> json.add("looking", looking), () -> json.addNull("looking"));
        add(json, "vote", contributor.accepted().map(yes -> yes ? "accepted" : "missing"));
        return json.build();
    }

    private static JsonObject you(EventView view) {
        var you = view.you();
        var json = JsonText.object().add("creator", you.creator()).add("contributor", you.contributor());
        add(json, "home", you.home());
        add(json, "vote", vote(view));
        add(json, "erasure", you.erasure().map(EventView.Erasure::code));
        return json.add("photos", array(you.photos(), Views::photo)).build();
    }

    /** The same words as a contributor's; one's own reject is shown to oneself alone. */
    private static Optional<String> vote(EventView view) {
        var own = view.contributors().stream().filter(Contributor::you).findFirst();
        return view.you()
                .vote()
                .map(choice -> choice == Choice.ACCEPT ? "accepted" : "rejected")
                .or(() -> own.flatMap(Contributor::accepted).map(yes -> yes ? "accepted" : "missing"));
    }

    static JsonObject ballot(BallotView ballot) {
        var json = JsonText.object().add("number", ballot.number());
        add(json, "digest", ballot.digest());
        json.add("state", ballot.state().name().toLowerCase(Locale.ROOT));
        add(json, "reason", ballot.reason().map(AbortReason::code));
        add(json, "openedAt", ballot.openedAt());
        add(json, "endedAt", ballot.endedAt());
        return json.add("secondsLeft", ballot.secondsLeft())
                .add("accepted", ballot.accepted())
                .add("missing", ballot.missing())
                .build();
    }

    static JsonObject photo(PhotoView view) {
        var photo = view.photo();
        var json = JsonText.object()
                .add("id", photo.id().value())
                .add("status", view.status().code());
        add(json, "reason", view.reason().map(why -> why.code()));
        return json.add("waitingFor", names(view.waitingFor()))
                .add("name", photo.name())
                .add("caption", photo.caption())
                .add("site", photo.site().name())
                .add("uploadedAt", photo.uploadedAt().toString())
                .add("type", photo.picture().type())
                .add("width", photo.picture().width())
                .add("height", photo.picture().height())
                .add("bytes", photo.picture().bytes())
                .add("sha256", photo.picture().sha256().hex())
                .add("mine", view.mine())
                .build();
    }

    static <T> JsonArray array(List<T> values, Function<T, JsonObject> write) {
        var array = JsonText.array();
        values.forEach(value -> array.add(write.apply(value)));
        return array.build();
    }

    private static JsonArrayBuilder names(Collection<?> sites) {
        var array = JsonText.array();
        sites.forEach(site -> array.add(site.toString()));
        return array;
    }

    private static void add(JsonObjectBuilder json, String key, Optional<?> value) {
        value.ifPresentOrElse(present -> json.add(key, present.toString()), () -> json.addNull(key));
    }
}
