package tutti.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import tutti.site.UploadTimes;

/** Starts before the body of an upload is read, and tells in {@code Server-Timing} what it shows in the end. */
@Timed
@Provider
public class Stopwatch implements ContainerRequestFilter, ContainerResponseFilter {

    @Inject
    private UploadTimes times;

    @Override
    public void filter(ContainerRequestContext request) {
        times.begin();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var header = times.header();
        if (!header.isEmpty()) {
            response.getHeaders().putSingle("Server-Timing", header);
        }
    }
}
