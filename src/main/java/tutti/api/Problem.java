package tutti.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import tutti.event.Refusal;
import tutti.journal.JsonText;
import tutti.site.InvalidWish.Violation;

/** An answer that is not what was asked for, as RFC 9457 writes it. Thrown anywhere in this room. */
final class Problem extends RuntimeException {

    static final MediaType TYPE = new MediaType("application", "problem+json");

    private static final long serialVersionUID = 1L;
    private static final int RETRY_SECONDS = 1;

    private final transient ProblemKind kind;
    private final transient JsonObject members;

    Problem(ProblemKind kind) {
        this(kind, JsonText.object());
    }

    /** @param members what the problem says beyond its kind; a {@code detail} among them replaces the usual sentence */
    Problem(ProblemKind kind, JsonObjectBuilder members) {
        super(kind.code());
        this.kind = kind;
        this.members = members.build();
    }

    static Problem of(Refusal refusal) {
        return of(refusal, JsonText.object());
    }

    static Problem of(Refusal refusal, JsonObjectBuilder members) {
        return new Problem(ProblemKind.of(refusal.code()).orElse(ProblemKind.INTERNAL), members);
    }

    static Problem saying(ProblemKind kind, String detail) {
        return new Problem(kind, JsonText.object().add("detail", detail));
    }

    static Problem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    static Problem invalid(List<Violation> violations) {
        var list = JsonText.array();
        violations.forEach(violation ->
                list.add(JsonText.object().add("field", violation.field()).add("message", violation.message())));
        var detail = violations.size() == 1 ? violations.get(0).message() : ProblemKind.VALIDATION.detail();
        return new Problem(
                ProblemKind.VALIDATION, JsonText.object().add("detail", detail).add("violations", list));
    }

    Response response() {
        var body = JsonText.object()
                .add("type", "urn:tutti:problem:" + kind.code())
                .add("title", kind.title())
                .add("status", kind.status())
                .add("detail", kind.detail());
        members.forEach(body::add);
        var response =
                Response.status(kind.status()).type(TYPE).entity(body.build().toString());
        switch (kind) {
            case UPLOAD_IN_PROGRESS, BALLOT_UNKNOWN, STORAGE_UNAVAILABLE, TOO_MANY_REQUESTS ->
                response.header("Retry-After", RETRY_SECONDS);
            default -> {}
        }
        return response.build();
    }
}
