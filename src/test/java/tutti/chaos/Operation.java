package tutti.chaos;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import tutti.cluster.Site;

/**
 * One request and what came of it.
 *
 * @param user who asked, as the sites know users
 * @param event empty for a creation
 * @param asked what was asked for in particular
 * @param sent milliseconds since the beginning, by the stopwatch of the test
 * @param answered likewise; when the caller gave up, where no answer came
 * @param status of the HTTP answer; 0 where none came
 * @param told what of the answer matters
 */
record Operation(
        String user,
        Site site,
        Deed deed,
        String event,
        JsonObject asked,
        long sent,
        long answered,
        int status,
        JsonObject told) {

    /** The site has promised. */
    boolean isAcknowledged() {
        return deed.changes() && status >= 200 && status <= 204;
    }

    /** The site goes on with it by itself, as soon as it can. */
    boolean isKeptWaiting() {
        return deed.changes() && status == 202;
    }

    /** It may have happened or not, or may yet happen. */
    boolean isUnknown() {
        return deed.changes() && (status == 0 || status >= 500);
    }

    /** The site has said no: it has not happened, and will not. */
    boolean isRefused() {
        return deed.changes() && !isAcknowledged() && !isUnknown();
    }

    boolean isSeen() {
        return status == 200;
    }

    /** The application says that it is at fault itself; one that is coming up or going down says nothing. */
    boolean isFaultOfTheSite() {
        return told.getString("type", "").equals("urn:tutti:problem:internal");
    }

    /** The application does not know it; a container that is still starting has no problem to tell of. */
    boolean isNotFound() {
        return told.getString("type", "").equals("urn:tutti:problem:not-found");
    }

    /** The event that it is about; for a creation, the one that came of it. */
    Optional<String> subject() {
        return deed != Deed.CREATE ? Optional.of(event) : Optional.ofNullable(told.getString("id", null));
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("deed", deed.name())
                .add("user", user)
                .add("site", site.id())
                .add("event", event)
                .add("asked", asked)
                .add("sent", sent)
                .add("answered", answered)
                .add("status", status)
                .add("told", told)
                .build();
    }

    @Override
    public String toString() {
        return json().toString();
    }
}
