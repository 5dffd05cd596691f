package tutti.peers;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * What sites say to each other. All bodies are JSON as {@link Messages} writes it, but for photos' bytes. Every call may be
 * repeated. 503 means "cannot say", 409 a broken invariant, 401 an unsigned or outdated message. Whatever is answered to a
 * signed message is signed for it, status and body; see {@link AnswerSignature}.
 */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface PeerApi {

    /** Where a site that has lost its disk announces itself. */
    String LOSS = "/loss";

    @POST
    @Path(LOSS)
    String loss(String nothing);

    @POST
    @Path("/events")
    String events(String page);

    @POST
    @Path("/digests")
    String digests(String events);

    @POST
    @Path("/present")
    String present(String events);

    @POST
    @Path("/events/{event}/testimony")
    String testimony(@PathParam("event") String event, String nothing);

    @GET
    @Path("/bytes/{sha256}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    Response bytesOf(@PathParam("sha256") String sha256);

    @POST
    @Path("/events/{event}/prepare")
    String prepare(@PathParam("event") String event, String proposal);

    @POST
    @Path("/events/{event}/decision")
    String decision(@PathParam("event") String event, String decision);

    @POST
    @Path("/events/{event}/question")
    String question(@PathParam("event") String event, String transaction);

    @POST
    @Path("/events/{event}/report")
    String report(@PathParam("event") String event, String report);

    @POST
    @Path("/events/{event}/opened")
    String opened(@PathParam("event") String event, String opened);

    @POST
    @Path("/events/{event}/last-report")
    String lastReport(@PathParam("event") String event, String ballot);

    @HEAD
    @Path("/bytes/{sha256}")
    Response hasBytes(@PathParam("sha256") String sha256);

    @PUT
    @Path("/bytes/{sha256}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    Response bytes(@PathParam("sha256") String sha256, InputStream bytes);

    @POST
    @Path("/events/{event}/frozen")
    String frozen(@PathParam("event") String event, String frozen);

    @GET
    @Path("/events/{event}/dossier")
    String dossier(@PathParam("event") String event);

    @GET
    @Path("/report")
    String siteReport();

    @GET
    @Path("/ping")
    Response ping();
}
