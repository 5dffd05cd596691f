package tutti.peers;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Everything for sites only. The classes are listed, since the interface would be taken for a second resource. */
@ApplicationPath(PeerApplication.PATH)
public class PeerApplication extends Application {

    static final String PATH = "/internal/v1";

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(PeerResource.class, SignatureCheck.class, SignatureCheck.OfBody.class);
    }

    /**
     * Without the first, Jersey has the container render its page for people whenever a site answers that it has no such photo;
     * without the second, it describes the application to whoever asks with OPTIONS.
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.response.setStatusOverSendError",
                true,
                "jersey.config.server.wadl.disableWadl",
                true);
    }
}
