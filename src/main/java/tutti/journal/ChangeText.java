package tutti.journal;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import tutti.commit.SiteName;
import tutti.event.Change;
import tutti.event.Change.AddPhoto;
import tutti.event.Change.CreateEvent;
import tutti.event.Change.Erase;
import tutti.event.Change.PublishMontage;
import tutti.event.Change.RemovePhoto;
import tutti.event.Change.TakeDown;
import tutti.event.EventDetails;
import tutti.montage.Background;
import tutti.montage.Digest;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;

/** A change as JSON, in the journal and between sites. Reading anything malformed throws a runtime exception. */
public final class ChangeText {

    private ChangeText() {}

    public static String write(Change change) {
        return json(change).toString();
    }

    public static Change read(String text) {
        try (var reader = JsonText.reader(text)) {
            return change(reader.readObject());
        }
    }

    public static JsonObject json(Change change) {
        if (change instanceof CreateEvent create) {
            return json(create.details());
        }
        if (change instanceof AddPhoto add) {
            return json("add-photo", add.photo());
        }
        if (change instanceof RemovePhoto removal) {
            return json("remove-photo", removal.photo());
        }
        if (change instanceof TakeDown) {
            return JsonText.object().add("kind", "take-down").build();
        }
        if (change instanceof Erase erase) {
            return JsonText.object()
                    .add("kind", "erase")
                    .add("contributor", erase.contributor().value())
                    .build();
        }
        var publish = (PublishMontage) change;
        return JsonText.object()
                .add("kind", "publish-montage")
                .add("ballot", publish.ballot())
                .add("digest", publish.digest().hex())
                .add("publishedAt", publish.publishedAt().toString())
                .build();
    }

    private static JsonObject json(EventDetails details) {
        var json = JsonText.object()
                .add("kind", "create-event")
                .add("title", details.title())
                .add("description", details.description())
                .add("maxContributors", details.maxContributors())
                .add("votingSeconds", details.votingSeconds())
                .add("master", details.master().name())
                .add("creator", details.creator().value())
                .add("createdAt", details.createdAt().toString());
        addUnlessPlain(json, details.style());
        return json.build();
    }

    /** What is plain is left out: then the change reads as it did before there were styles, and is the same at all sites. */
    private static void addUnlessPlain(JsonObjectBuilder json, Style style) {
        if (style.layout() != Style.PLAIN.layout()) {
            json.add("layout", style.layout().code());
        }
        if (style.background() != Style.PLAIN.background()) {
            json.add("background", style.background().code());
        }
        if (!style.textLine().isEmpty()) {
            json.add("textLine", style.textLine());
        }
        style.date().ifPresent(date -> json.add("date", date.toString()));
    }

    private static JsonObject json(String kind, Photo photo) {
        return JsonText.object()
                .add("kind", kind)
                .add("id", photo.id().value())
                .add("contributor", photo.contributor().value())
                .add("name", photo.name())
                .add("caption", photo.caption())
                .add("site", photo.site().name())
                .add("uploadedAt", photo.uploadedAt().toString())
                .add("type", photo.picture().type())
                .add("width", photo.picture().width())
                .add("height", photo.picture().height())
                .add("bytes", photo.picture().bytes())
                .add("sha256", photo.picture().sha256().hex())
                .build();
    }

    public static Change change(JsonObject json) {
        return switch (json.getString("kind")) {
            case "create-event" ->
                new CreateEvent(new EventDetails(
                        json.getString("title"),
                        json.getString("description"),
                        json.getInt("maxContributors"),
                        json.getInt("votingSeconds"),
                        style(json),
                        new SiteName(json.getString("master")),
                        new ContributorId(json.getString("creator")),
                        Instant.parse(json.getString("createdAt"))));
            case "add-photo" -> new AddPhoto(photo(json));
            case "take-down" -> new TakeDown();
            case "erase" -> new Erase(new ContributorId(json.getString("contributor")));
            case "remove-photo" -> new RemovePhoto(photo(json));
            case "publish-montage" ->
                new PublishMontage(
                        json.getInt("ballot"),
                        new Digest(json.getString("digest")),
                        Instant.parse(json.getString("publishedAt")));
            default -> throw new IllegalArgumentException("not a kind of change");
        };
    }

    private static Style style(JsonObject json) {
        return new Style(
                LayoutKind.of(json.getString("layout", Style.PLAIN.layout().code()))
                        .orElseThrow(),
                Background.of(json.getString(
                                "background", Style.PLAIN.background().code()))
                        .orElseThrow(),
                json.getString("textLine", ""),
                Optional.ofNullable(json.getString("date", null)).map(LocalDate::parse));
    }

    private static Photo photo(JsonObject json) {
        return new Photo(
                new PhotoId(json.getString("id")),
                new ContributorId(json.getString("contributor")),
                json.getString("name"),
                json.getString("caption"),
                new SiteName(json.getString("site")),
                Instant.parse(json.getString("uploadedAt")),
                new Picture(
                        json.getString("type"),
                        json.getInt("width"),
                        json.getInt("height"),
                        json.getJsonNumber("bytes").longValueExact(),
                        new Sha256(json.getString("sha256"))));
    }
}
