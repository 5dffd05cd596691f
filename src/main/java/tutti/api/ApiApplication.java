package tutti.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Everything that clients may rely on. */
@ApplicationPath(ApiApplication.PATH)
public class ApiApplication extends Application {

    static final String PATH = "/api/v1";

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                EventsResource.class,
                PhotosResource.class,
                BallotsResource.class,
                PublishedResource.class,
                ReceiptsResource.class,
                BodyLimit.class,
                Stopwatch.class,
                Unshared.class,
                ProblemMappers.OfProblem.class,
                ProblemMappers.OfWebApplication.class,
                ProblemMappers.OfInvalidWish.class,
                ProblemMappers.OfStorage.class,
                ProblemMappers.OfAnything.class);
    }

    /** It is described at /openapi. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
