package tutti.peers;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import tutti.commit.BrokenInvariant;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change.AddPhoto;
import tutti.event.EventId;
import tutti.journal.Focus;
import tutti.journal.Incarnations;
import tutti.journal.Outdated;
import tutti.journal.ReplicaJournal;
import tutti.journal.StorageUnavailable;
import tutti.photo.Sha256;
import tutti.pictures.PhotoFiles;
import tutti.site.Presence;
import tutti.site.SiteConfig;
import tutti.site.SiteReporter;

/** Answers the other sites: each message is one step of the replica that it names, on disk before the answer goes out. */
@RequestScoped
public class PeerResource implements PeerApi {

    private static final Logger LOG = Logger.getLogger(PeerResource.class.getName());

    @Inject
    private ReplicaJournal journal;

    @Inject
    private Incarnations incarnations;

    @Inject
    private PhotoFiles files;

    @Inject
    private Presence presence;

    @Inject
    private SiteConfig config;

    @Inject
    private SiteReporter reporter;

    @Context
    private HttpHeaders headers;

    @Override
    public String prepare(String event, String body) {
        var proposal = read(body, Messages::proposal);
        fromCoordinator(proposal.id());
        if (!proposal.change().subject(id(event)).equals(proposal.id().subject())) {
            throw new BadRequestException(proposal.id() + " is about something else than its change");
        }
        var bytes = proposal.change() instanceof AddPhoto add
                ? Optional.of(add.photo().picture().sha256())
                : Optional.<Sha256>empty();
        return answer(() -> {
            var focus = said(Focus.on(proposal.id(), id(event)));
            var vote = journal.update(id(event), bytes.map(focus::naming).orElse(focus), (replica, now) -> {
                        var here = bytes.map(Sha256::hex).map(files::exists).orElse(true);
                        return replica.onPrepare(proposal.id(), proposal.change(), here, now);
                    })
                    .answer();
            return Messages.vote(vote);
        });
    }

    @Override
    public String decision(String event, String body) {
        var decision = read(body, Messages::decision);
        fromCoordinator(decision.id());
        return answer(() -> {
            var adopted = journal.update(
                    id(event),
                    said(Focus.on(decision.id(), id(event))),
                    (replica, now) -> replica.onDecision(decision, now));
            return Messages.adopted(adopted.answer());
        });
    }

    @Override
    public String question(String event, String body) {
        var transaction = read(body, Messages::id);
        return answer(() -> Messages.answer(journal.update(
                        id(event),
                        said(Focus.on(transaction, id(event))),
                        (replica, now) -> replica.onQuestion(transaction, now))
                .answer()));
    }

    @Override
    public String report(String event, String body) {
        var report = read(body, Messages::report);
        return answer(() -> Messages.news(journal.update(
                        id(event), said(Focus.on(report.number())), (replica, now) -> replica.onReport(report, now))
                .answer()));
    }

    @Override
    public String opened(String event, String body) {
        var opened = read(body, Messages::opened);
        return answer(() -> {
            var understood = journal.update(id(event), said(Focus.on(opened.number())), (replica, now) -> {
                fromMaster(replica.event()
                        .details()
                        .map(details -> details.master().name())
                        .orElse(sender()));
                return replica.onOpened(opened, now);
            });
            return understood.answer() ? "{\"understood\":true}" : "{\"understood\":false}";
        });
    }

    @Override
    public String lastReport(String event, String body) {
        int ballot = read(body, json -> json.getInt("number"));
        return answer(() -> journal.look(id(event))
                .flatMap(looked -> looked.replica().reportOf(ballot, looked.now()))
                .map(Messages::report)
                .orElse("{}"));
    }

    @Override
    public Response hasBytes(String sha256) {
        databaseAnswers(); // else this site has the bytes, and yet can prepare nothing
        try {
            var status = files.keepOn(read(sha256)) ? Response.Status.NO_CONTENT : Response.Status.NOT_FOUND;
            return Response.status(status).build();
        } catch (IOException e) {
            throw new ServiceUnavailableException("the bytes could not be looked at: " + e.getMessage());
        }
    }

    @Override
    public Response bytes(String sha256, InputStream bytes) {
        var hex = read(sha256);
        try (var received = files.receive(bytes, config.limits().photoBytesMax(), hex)) {
            files.keep(received);
            return Response.noContent().build();
        } catch (IOException e) {
            throw new ServiceUnavailableException("the bytes could not be stored: " + e.getMessage());
        }
    }

    @Override
    public Response bytesOf(String sha256) {
        try {
            return Response.ok(files.open(read(sha256))).build();
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e);
        } catch (IOException e) {
            throw new ServiceUnavailableException("the bytes could not be read: " + e.getMessage());
        }
    }

    @Override
    public String loss(String nothing) {
        var name = headers.getHeaderString(Signature.INCARNATION);
        var known = answer(() -> Messages.incarnations(incarnations.succeed(new SiteName(sender()), name)));
        LOG.log(Level.WARNING, "TUTTI062 peer={0} has lost its disk and is being rebuilt", sender());
        return known;
    }

    @Override
    public String events(String body) {
        var page = read(body, Messages::page);
        return answer(() -> Messages.events(incarnations.eventsAfter(page.after(), page.limit())));
    }

    @Override
    public String digests(String body) {
        var events = read(body, Messages::events);
        return answer(() -> Messages.digests(journal.digests(events)));
    }

    @Override
    public String testimony(String event, String nothing) {
        var lost = new SiteName(sender());
        return answer(() -> Testimonies.text(
                journal.update(id(event), said(Focus.onEverything()), (replica, now) -> replica.testify(lost, now))
                        .answer()));
    }

    @Override
    public String present(String events) {
        return Messages.present(presence.here(read(events, Messages::events)));
    }

    @Override
    public String frozen(String event, String body) {
        var frozen = read(body, Messages::frozen);
        return answer(() ->
                Messages.known(journal.update(id(event), Focus.live(), (replica, now) -> replica.freeze(frozen, now))
                        .answer()));
    }

    @Override
    public String dossier(String event) {
        return answer(() -> Dossiers.text(journal.dossier(id(event))));
    }

    @Override
    public String siteReport() {
        return SiteReports.text(reporter.own());
    }

    @Override
    public Response ping() {
        databaseAnswers();
        return Response.noContent().build();
    }

    private void databaseAnswers() {
        try {
            journal.ping();
        } catch (StorageUnavailable e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    private static String read(String sha256) {
        try {
            return new Sha256(sha256).hex();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    private static <T> T read(String body, Function<JsonObject, T> reader) {
        try {
            return reader.apply(Messages.read(body));
        } catch (RuntimeException e) {
            // Whatever a parser may throw: no site of this cluster has written it.
            throw new BadRequestException("not a message of this cluster: " + e.getMessage(), e);
        }
    }

    private static EventId id(String event) {
        try {
            return new EventId(event);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    /** A step that rests on this message counts only while the sender has not lost its disk. */
    private Focus said(Focus focus) {
        return focus.saidBy(new SiteName(sender()), headers.getHeaderString(Signature.INCARNATION));
    }

    private String sender() {
        return headers.getHeaderString(Signature.SENDER);
    }

    /** A message about a transaction counts only from the site that coordinates it; questions excepted. */
    private void fromCoordinator(TransactionId id) {
        if (!id.coordinator().name().equals(sender())) {
            throw new ForbiddenException(sender() + " does not coordinate " + id);
        }
    }

    private void fromMaster(String master) {
        if (!master.equals(sender())) {
            throw new ForbiddenException(sender() + " is not the master, which is " + master);
        }
    }

    private static String answer(Supplier<String> work) {
        try {
            return work.get();
        } catch (BrokenInvariant e) {
            LOG.log(Level.SEVERE, "TUTTI090 broken invariant: {0}", e.getMessage());
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT, e);
        } catch (StorageUnavailable | Outdated e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }
}
