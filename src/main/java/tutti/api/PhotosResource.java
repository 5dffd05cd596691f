package tutti.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import tutti.event.EventId;
import tutti.photo.PhotoId;
import tutti.pictures.BadPicture;
import tutti.pictures.MontageSize;
import tutti.pictures.PhotoFiles;
import tutti.pictures.PictureType;
import tutti.pictures.TooLarge;
import tutti.site.CurrentUser;
import tutti.site.PhotoDesk;
import tutti.site.Shown;
import tutti.site.SiteConfig;
import tutti.site.Texts;
import tutti.site.UploadAnswer;

/** The photos of an event, and the montage made of them. */
@Path("/events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PhotosResource {

    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NAME_MAX = 60;
    private static final int CAPTION_MAX = 140;
    private static final int TEXT_BYTES_MAX = 4096;
    private static final String JPEG = "image/jpeg";
    private static final String PHOTO = "photo";

    @Inject
    private PhotoDesk desk;

    @Inject
    private PhotoFiles files;

    @Inject
    private SiteConfig config;

    @Inject
    private CurrentUser user;

    @PathParam("event")
    private String event;

    @POST
    @Timed
    @Path("/{event}/photos")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(List<EntityPart> parts) throws IOException {
        if (parts == null) {
            throw Problem.invalid(PHOTO, "Send a form with a file as its part \"photo\".");
        }
        var photos = parts.stream().filter(part -> PHOTO.equals(part.getName())).toList();
        if (photos.size() != 1) {
            throw Problem.invalid(
                    PHOTO, photos.isEmpty() ? "Send a file as the part \"photo\"." : "Send one photo at a time.");
        }
        var name = text(parts, "name", NAME_MAX);
        var caption = text(parts, "caption", CAPTION_MAX);
        try (var received =
                files.receive(photos.get(0).getContent(), config.limits().photoBytesMax())) {
            if (received.bytes() == 0) {
                throw Problem.invalid(PHOTO, "The file is empty.");
            }
            return answer(desk.upload(id(), user.id(), name, caption, received));
        } catch (TooLarge e) {
            throw new Problem(ProblemKind.TOO_LARGE);
        } catch (BadPicture e) {
            throw Problem.saying(ProblemKind.of(e.code().code()).orElse(ProblemKind.UNREADABLE_IMAGE), e.sentence());
        }
    }

    private static String text(List<EntityPart> parts, String name, int most) throws IOException {
        for (var part : parts) {
            if (name.equals(part.getName())) {
                try (var content = part.getContent()) {
                    return Texts.line(new String(content.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8), most);
                }
            }
        }
        return "";
    }

    private static Response answer(UploadAnswer answer) {
        if (answer instanceof UploadAnswer.Added added) {
            return photo(CREATED, Views.photo(added.photo()).toString());
        }
        if (answer instanceof UploadAnswer.AlreadyThere there) {
            return photo(
                    Response.Status.OK.getStatusCode(),
                    Views.photo(there.photo()).toString());
        }
        if (answer instanceof UploadAnswer.Waiting waiting) {
            return photo(ACCEPTED, Views.photo(waiting.photo()).toString());
        }
        throw Problem.of(((UploadAnswer.Refused) answer).why());
    }

    private static Response photo(int status, String json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(json)
                .build();
    }

    @GET
    @Path("/{event}/photos")
    public String photos() {
        return Views.array(shown(desk.photos(id(), user.id())), Views::photo).toString();
    }

    @GET
    @Path("/{event}/photos/{photo}")
    public String photo(@PathParam("photo") String photo) {
        return Views.photo(shown(desk.photo(id(), Ids.photo(photo), user.id()))).toString();
    }

    @DELETE
    @Path("/{event}/photos/{photo}")
    public Response withdraw(@PathParam("photo") String photo) {
        desk.withdraw(id(), Ids.photo(photo), user.id()).ifPresent(refusal -> {
            throw Problem.of(refusal);
        });
        return Response.noContent().build();
    }

    @GET
    @Path("/{event}/photos/{photo}/tile")
    @Produces(JPEG)
    public Response tile(@PathParam("photo") String photo, @Context Request request) throws IOException, BadPicture {
        PhotoId id = Ids.photo(photo);
        var tile = shown(desk.tile(id(), id, user.id()));
        var tag = new EntityTag(id.value());
        var unchanged = request.evaluatePreconditions(tag);
        var response = unchanged != null ? unchanged : jpeg(tile);
        return response.tag(tag).cacheControl(forThisUser()).build();
    }

    @GET
    @Path("/{event}/photos/{photo}/original")
    @Produces(MediaType.WILDCARD)
    public Response original(@PathParam("photo") String photo) throws IOException {
        var picture =
                shown(desk.original(id(), Ids.photo(photo), user.id())).photo().picture();
        return Response.ok(files.open(picture.sha256().hex()), picture.type())
                .header("Content-Length", picture.bytes())
                .header("Content-Disposition", "attachment")
                .cacheControl(forThisUser())
                .build();
    }

    /** All of one's own, as they were sent: pictures are packed already, so the archive only holds them together. */
    @GET
    @Path("/{event}/photos/originals")
    @Produces({"application/zip", MediaType.WILDCARD})
    public Response originals() {
        var pictures = shown(desk.originals(id(), user.id())).stream()
                .map(own -> own.photo().picture())
                .toList();
        StreamingOutput archive = out -> {
            try (var zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.NO_COMPRESSION);
                for (var i = 0; i < pictures.size(); i++) {
                    var picture = pictures.get(i);
                    zip.putNextEntry(
                            new ZipEntry("tutti-%02d%s".formatted(i + 1, PictureType.nameEnd(picture.type()))));
                    try (var bytes = files.open(picture.sha256().hex())) {
                        bytes.transferTo(zip);
                    }
                    zip.closeEntry();
                }
            }
        };
        return Response.ok(archive, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"tutti-originals.zip\"")
                .cacheControl(forThisUser())
                .build();
    }

    @GET
    @Path("/{event}/montage")
    @Produces(JPEG)
    @Operation(
            summary = "The montage",
            description = "For contributors, and for everyone once it is published; for print only then."
                    + " Its ETag is the digest that votes name.")
    public Response montage(
            @QueryParam("size")
                    @DefaultValue("full")
                    @Parameter(
                            description = "Pixels of its width at most, or full: as it is voted on,"
                                    + " or print: the same in up to 4961 pixels",
                            schema = @Schema(enumeration = {"640", "768", "1120", "1280", "full", "print"}))
                    String size,
            @Context Request request)
            throws IOException, BadPicture {
        var wanted = MontageSize.of(size)
                .orElseThrow(() -> Problem.invalid("size", "Ask for 640, 768, 1120, 1280, full or print."));
        var montage = shown(desk.montage(id(), user.id(), wanted));
        var tag = new EntityTag(montage.digest().hex());
        var unchanged = request.evaluatePreconditions(tag);
        var response = unchanged != null ? unchanged : jpeg(montage.file());
        return response.tag(tag).cacheControl(forThisUser()).build();
    }

    /** The length is said here, since an answer to HEAD has nothing to be measured. */
    private static Response.ResponseBuilder jpeg(java.nio.file.Path file) throws IOException {
        return Response.ok(file.toFile(), JPEG).header("Content-Length", Files.size(file));
    }

    /** May be kept by the browser, and has to be asked for again before it is shown again. */
    private static CacheControl forThisUser() {
        var control = new CacheControl();
        control.setPrivate(true);
        control.setNoCache(true);
        return control;
    }

    private EventId id() {
        return Ids.event(event);
    }

    private static <T> T shown(Shown<T> shown) {
        shown.refusal().ifPresent(refusal -> {
            throw Problem.of(refusal);
        });
        return shown.value();
    }
}
