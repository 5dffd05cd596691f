package tutti.peers;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.commit.Vote;
import tutti.event.Change;
import tutti.event.EventId;
import tutti.journal.Dossier;
import tutti.journal.Incarnation;
import tutti.journal.Incarnations;
import tutti.photo.ContributorId;
import tutti.photo.Sha256;
import tutti.pictures.PhotoFiles;
import tutti.replica.BallotNews;
import tutti.replica.Testimony;
import tutti.site.Maintenance;
import tutti.site.PeerLine;
import tutti.site.PeerStates;
import tutti.site.PeerUnavailable;
import tutti.site.SiteConfig;
import tutti.site.SiteMetrics;
import tutti.site.SiteReport;
import tutti.site.Standing;

/** The line to the other sites over HTTP. */
@ApplicationScoped
public class RestPeerLine implements PeerLine {

    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    @Inject
    private SiteConfig config;

    @Inject
    private PhotoFiles files;

    @Inject
    private PeerStates states;

    @Inject
    private SiteMetrics metrics;

    @Inject
    private Incarnations incarnations;

    @Inject
    private Standing standing;

    @Inject
    private Maintenance maintenance;

    @Inject
    private PeerCallers.First first;

    @Inject
    private PeerCallers.Second second;

    @Inject
    private PeerCallers.Third third;

    @Inject
    private PeerCallers.Fourth fourth;

    @Inject
    private PeerCallers.Fifth fifth;

    @Inject
    private PeerCallers.Sixth sixth;

    @Inject
    private PeerCallers.Seventh seventh;

    private final Map<SiteName, PeerCaller> callers = new HashMap<>();

    @PostConstruct
    void connect() {
        var all = List.of(first, second, third, fourth, fifth, sixth, seventh);
        var peers = config.peers();
        for (var i = 0; i < peers.size(); i++) {
            var caller = all.get(i);
            caller.connect(peers.get(i), config, incarnations, standing);
            callers.put(peers.get(i), caller);
        }
    }

    @Override
    public Vote prepare(SiteName peer, EventId event, TransactionId id, Change change) {
        return Messages.vote(delivered(peer, api -> api.prepare(event.value(), Messages.proposal(id, change))));
    }

    @Override
    public boolean tell(SiteName peer, EventId event, Decision decision) {
        return Messages.isAdopted(delivered(peer, api -> api.decision(event.value(), Messages.decision(decision))));
    }

    @Override
    public Optional<Decision> ask(SiteName peer, EventId event, TransactionId id) {
        return Messages.answer(delivered(peer, api -> api.question(event.value(), Messages.transaction(id))));
    }

    @Override
    public BallotNews report(SiteName master, EventId event, BallotReport report) {
        return Messages.news(delivered(master, api -> api.report(event.value(), Messages.report(report))));
    }

    @Override
    public boolean announce(SiteName peer, EventId event, BallotNews.Opened opened) {
        return delivered(peer, api -> api.opened(event.value(), Messages.opened(opened)))
                .getBoolean("understood");
    }

    @Override
    public Optional<BallotReport> lastReport(SiteName peer, EventId event, int ballot) {
        return Messages.lastReport(delivered(peer, api -> api.lastReport(event.value(), Messages.ballot(ballot))));
    }

    @Override
    public void confirmBytes(SiteName peer, Sha256 sha256) {
        refuseIfPaused(peer);
        var there = called(peer, caller -> caller.call(api -> has(api, sha256)));
        if (!there) {
            called(peer, caller -> {
                caller.send(sha256.hex(), () -> files.open(sha256.hex()));
                return sha256;
            });
        }
    }

    private static boolean has(PeerApi api, Sha256 sha256) {
        try (var response = api.hasBytes(sha256.hex())) {
            return response.getStatus() == NO_CONTENT;
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void ping(SiteName peer) {
        called(
                peer,
                caller -> caller.call(api -> {
                    try (var response = api.ping()) {
                        return response.getStatus();
                    }
                }));
    }

    @Override
    public List<Incarnation> announceLoss(SiteName peer) {
        return Messages.incarnations(asked(peer, api -> api.loss("{}")));
    }

    @Override
    public List<EventId> events(SiteName peer, String after, int limit) {
        return Messages.events(asked(peer, api -> api.events(Messages.page(after, limit))));
    }

    @Override
    public Testimony testimony(SiteName peer, EventId event) {
        return Testimonies.read(asked(peer, api -> api.testimony(event.value(), "{}")));
    }

    @Override
    public void fetchBytes(SiteName peer, Sha256 sha256) {
        called(peer, caller -> {
            caller.fetch(sha256.hex(), bytes -> {
                try (var received = files.receive(bytes, config.limits().photoBytesMax(), sha256.hex())) {
                    files.keep(received);
                }
            });
            return sha256;
        });
    }

    @Override
    public Map<EventId, Set<ContributorId>> present(SiteName peer, Set<EventId> events) {
        return Messages.present(asked(peer, api -> api.present(Messages.events(events))));
    }

    @Override
    public SiteReport reportOf(SiteName peer) {
        return SiteReports.read(seen(peer, PeerApi::siteReport));
    }

    @Override
    public Dossier dossierOf(SiteName peer, EventId event) {
        return Dossiers.read(seen(peer, api -> api.dossier(event.value())));
    }

    @Override
    public Map<String, String> digests(SiteName peer, List<EventId> events) {
        return Messages.digests(asked(peer, api -> api.digests(Messages.events(events))));
    }

    @Override
    public boolean freeze(SiteName peer, EventId event, boolean stopped) {
        return Messages.known(asked(peer, api -> api.frozen(event.value(), Messages.frozen(stopped))));
    }

    /** A message of the protocol, and the answer. */
    private JsonObject delivered(SiteName peer, Function<PeerApi, String> message) {
        refuseIfPaused(peer);
        return asked(peer, message);
    }

    private void refuseIfPaused(SiteName peer) {
        if (maintenance.isPaused(peer)) {
            throw new PeerUnavailable(peer, "an operator has paused deliveries to it");
        }
    }

    private JsonObject asked(SiteName peer, Function<PeerApi, String> message) {
        return called(peer, caller -> Messages.read(caller.call(message)));
    }

    private JsonObject seen(SiteName peer, Function<PeerApi, String> question) {
        return called(peer, caller -> Messages.read(caller.look(question)));
    }

    private <T> T called(SiteName peer, Function<PeerCaller, T> call) {
        var from = System.nanoTime();
        try {
            var answer = call.apply(callers.get(peer));
            states.answered(peer);
            return answer;
        } catch (PeerUnavailable e) {
            states.failed(peer, e);
            throw e;
        } catch (FaultToleranceException e) {
            states.failed(peer, e);
            throw new PeerUnavailable(peer, e);
        } finally {
            metrics.called(peer, Duration.ofNanos(System.nanoTime() - from));
        }
    }
}
