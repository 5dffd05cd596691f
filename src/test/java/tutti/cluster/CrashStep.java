package tutti.cluster;

import static tutti.cluster.CrashPlot.ADD_PHOTO;
import static tutti.cluster.CrashPlot.CREATE_EVENT;
import static tutti.cluster.CrashPlot.DOUBT;
import static tutti.cluster.CrashPlot.OWN_VOTE;
import static tutti.cluster.CrashPlot.PUBLISH;
import static tutti.cluster.CrashPlot.REFUSE;
import static tutti.cluster.CrashPlot.REJECT;
import static tutti.cluster.CrashPlot.REMOVE_PHOTO;
import static tutti.cluster.CrashPlot.TAKE_DOWN;
import static tutti.cluster.CrashPlot.TIMEOUT;
import static tutti.cluster.CrashPlot.VOTE;
import static tutti.cluster.CrashRole.COORDINATOR;
import static tutti.cluster.CrashRole.HOME;
import static tutti.cluster.CrashRole.MASTER;
import static tutti.cluster.CrashRole.OTHER;
import static tutti.cluster.CrashRole.PARTICIPANT;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tutti.cluster.Moment.Place;

/**
 * One step of one role at which a process may die, in the order of the protocol. "Uncommitted" and "committed" are the two
 * sides of a commit to the site's database; "first" means that one peer has answered and the others may not have.
 *
 * @param plots in which the step comes
 * @param decided whether the transaction's outcome is on disk at its coordinator by then
 */
record CrashStep(CrashRole role, String name, Moment moment, Set<CrashPlot> plots, boolean decided) {

    /** The subject of a plot's transaction stands in its place. */
    private static final String SUBJECT = "SUBJECT";

    private static final String COMMITTING = "tutti.replica.Committing";
    private static final String VOTING = "tutti.replica.Voting";
    private static final String MESSAGES = "tutti.peers.Messages";
    private static final String PEERS = "tutti.peers.PeerResource";
    private static final String PHOTO_DESK = "tutti.site.PhotoDesk";
    private static final String FILES = "java.nio.file.Files";
    private static final String RECEIVED = "tutti.pictures.Received";
    private static final String PHOTOS = "tutti.api.PhotosResource";
    private static final String EVENTS = "tutti.api.EventsResource";
    private static final String ANNOUNCE = "tutti.replica.Errand$Announce";

    private static final String PROPOSAL = "proposal(tutti.commit.TransactionId, tutti.event.Change)";
    private static final String DECISION = "decision(tutti.commit.Decision)";
    private static final String REPORT = "report(tutti.ballot.BallotReport)";
    private static final String OPENED = "opened(tutti.replica.BallotNews$Opened)";

    private static final String ALWAYS = "TRUE";
    private static final String ARRIVING = "$1.toString().endsWith(\".part\")";
    /** By its name, which is a SHA-256. */
    private static final String KEPT = "$1.getFileName().toString().length() == 64";

    private static final String AFTER_ANNOUNCING = "callerEquals(\"ErrandRunner.announce\", true)";

    private static final Set<CrashPlot> TRANSACTIONS =
            EnumSet.of(CREATE_EVENT, ADD_PHOTO, REMOVE_PHOTO, PUBLISH, TAKE_DOWN);
    private static final Set<CrashPlot> PREPARED =
            EnumSet.of(CREATE_EVENT, ADD_PHOTO, REFUSE, REMOVE_PHOTO, PUBLISH, TAKE_DOWN);
    private static final Set<CrashPlot> DECISIONS =
            EnumSet.of(CREATE_EVENT, ADD_PHOTO, REFUSE, REMOVE_PHOTO, PUBLISH, REJECT, TIMEOUT, TAKE_DOWN);

    private static final Set<String> HALFWAY = Set.of("prepare-committed", "first-promise", "decision-uncommitted");

    static List<CrashStep> all() {
        return Stream.of(sendingBytes(), coordinating(), participating(), doubting(), voting(), endingBallots())
                .flatMap(List::stream)
                .toList();
    }

    /** This step's moment where the transaction is that of a plot. */
    Moment in(CrashPlot plot) {
        var condition = moment.condition().replace(SUBJECT, "\"" + plot.subject() + "\"");
        return new Moment(moment.type(), moment.method(), moment.place(), condition);
    }

    /** Whether a coordinator dies that has prepared what it has not decided. */
    boolean isHalfway() {
        return role == COORDINATOR && HALFWAY.contains(name);
    }

    private static List<CrashStep> coordinating() {
        var prepare = commit(COORDINATOR, "prepare", COMMITTING, "begin", of("$1"), TRANSACTIONS);
        var promise = step(COORDINATOR, "first-promise", MESSAGES, PROPOSAL, Place.ANSWERED, of("$1"), TRANSACTIONS);
        var isDecision = of("$1.id()") + " AND NOT $2.isOpen()";
        var decision = commit(COORDINATOR, "decision", COMMITTING, "settle", isDecision, PREPARED);
        var photo = step(COORDINATOR, "answer", PHOTOS, "upload", Place.EXIT, ALWAYS, EnumSet.of(ADD_PHOTO));
        var event = step(COORDINATOR, "answer", EVENTS, "create", Place.EXIT, ALWAYS, EnumSet.of(CREATE_EVENT));
        var removal = step(COORDINATOR, "answer", PHOTOS, "withdraw", Place.EXIT, ALWAYS, EnumSet.of(REMOVE_PHOTO));
        var hidden = step(COORDINATOR, "answer", EVENTS, "takeDown", Place.EXIT, ALWAYS, EnumSet.of(TAKE_DOWN));
        var told = step(COORDINATOR, "first-told", MESSAGES, DECISION, Place.ANSWERED, of("$1.id()"), DECISIONS);
        var noted = commit(COORDINATOR, "acknowledgement", COMMITTING, "onAcknowledged", of("$1"), DECISIONS);
        return List.of(
                prepare.get(0),
                prepare.get(1),
                promise,
                decision.get(0),
                decision.get(1).afterDecision(),
                photo.afterDecision(),
                event.afterDecision(),
                removal.afterDecision(),
                hidden.afterDecision(),
                told.afterDecision(),
                noted.get(0).afterDecision(),
                noted.get(1).afterDecision());
    }

    private static List<CrashStep> participating() {
        var asked = step(PARTICIPANT, "asked", PEERS, "prepare", Place.ENTRY, "$2.contains(SUBJECT)", TRANSACTIONS);
        var promise = commit(PARTICIPANT, "promise", COMMITTING, "onPrepare", of("$1"), TRANSACTIONS);
        var told = step(PARTICIPANT, "told", PEERS, "decision", Place.ENTRY, "$2.contains(SUBJECT)", DECISIONS);
        var decision = commit(PARTICIPANT, "decision", COMMITTING, "onDecision", of("$1.id()"), DECISIONS);
        return List.of(
                asked,
                promise.get(0),
                promise.get(1),
                told.afterDecision(),
                decision.get(0).afterDecision(),
                decision.get(1).afterDecision());
    }

    private static List<CrashStep> doubting() {
        var doubt = EnumSet.of(DOUBT);
        var steps = new ArrayList<CrashStep>();
        steps.add(step(COORDINATOR, "question", PEERS, "question", Place.ENTRY, ALWAYS, doubt));
        steps.add(step(COORDINATOR, "question-answered", PEERS, "question", Place.EXIT, ALWAYS, doubt));
        steps.add(step(PARTICIPANT, "answer-to-question", MESSAGES, "transaction", Place.ANSWERED, ALWAYS, doubt));
        steps.addAll(commit(OTHER, "refusal", COMMITTING, "onPrepare", ALWAYS, EnumSet.of(REFUSE)));
        return steps;
    }

    private static List<CrashStep> sendingBytes() {
        var plots = EnumSet.of(ADD_PHOTO);
        return List.of(
                step(COORDINATOR, "bytes-written", RECEIVED, "<init>", Place.EXIT, ALWAYS, plots),
                step(COORDINATOR, "bytes-synced", FILES, "move", Place.ENTRY, ARRIVING, plots),
                step(COORDINATOR, "bytes-kept", PHOTO_DESK, "confirmBytes", Place.ENTRY, ALWAYS, plots),
                step(COORDINATOR, "bytes-first-sent", FILES, "newInputStream", Place.EXIT, KEPT, plots),
                step(COORDINATOR, "bytes-confirmed", PHOTO_DESK, "propose", Place.ENTRY, ALWAYS, plots),
                step(PARTICIPANT, "bytes-arriving", FILES, "newOutputStream", Place.EXIT, ARRIVING, plots),
                step(PARTICIPANT, "bytes-written", RECEIVED, "<init>", Place.EXIT, ALWAYS, plots),
                step(PARTICIPANT, "bytes-synced", FILES, "move", Place.ENTRY, ARRIVING, plots),
                step(PARTICIPANT, "bytes-kept", PEERS, "bytes", Place.EXIT, ALWAYS, plots));
    }

    private static List<CrashStep> voting() {
        var first = EnumSet.of(VOTE);
        var votes = EnumSet.of(VOTE, PUBLISH, REJECT);
        var steps = new ArrayList<CrashStep>();
        var all = EnumSet.of(VOTE, OWN_VOTE, PUBLISH, REJECT);
        steps.addAll(commit(HOME, "vote", VOTING, "castVote", ALWAYS, all));
        steps.add(step(HOME, "answer", "tutti.api.BallotsResource", "vote", Place.EXIT, ALWAYS, all));
        steps.add(step(HOME, "report-answered", MESSAGES, REPORT, Place.ANSWERED, ALWAYS, votes));
        steps.addAll(commit(HOME, "news", VOTING, "onReported", ALWAYS, votes));
        steps.add(step(MASTER, "report", PEERS, "report", Place.ENTRY, ALWAYS, votes));
        steps.addAll(commit(MASTER, "report", VOTING, "onReport", ALWAYS, first));
        steps.add(step(MASTER, "first-announced", MESSAGES, OPENED, Place.ANSWERED, ALWAYS, first));
        steps.addAll(commit(MASTER, "announcement", ANNOUNCE, "owed", AFTER_ANNOUNCING, first));
        steps.add(step(OTHER, "announced", PEERS, "opened", Place.ENTRY, ALWAYS, first));
        steps.addAll(commit(OTHER, "opening", VOTING, "onOpened", ALWAYS, first));
        return steps;
    }

    private static List<CrashStep> endingBallots() {
        var late = EnumSet.of(TIMEOUT);
        var steps = new ArrayList<CrashStep>();
        steps.addAll(commit(MASTER, "deadline", VOTING, "onDeadline", ALWAYS, late));
        steps.add(step(HOME, "last-report", PEERS, "lastReport", Place.EXIT, ALWAYS, late));
        steps.add(step(MASTER, "first-last-report", MESSAGES, "ballot", Place.ANSWERED, ALWAYS, late));
        steps.addAll(commit(MASTER, "abort", COMMITTING, "abortUnbegun", ALWAYS, EnumSet.of(REJECT, TIMEOUT)));
        return steps;
    }

    private CrashStep afterDecision() {
        return new CrashStep(role, name, moment, plots, true);
    }

    private static String of(String transaction) {
        return transaction + ".subject().startsWith(SUBJECT)";
    }

    private static CrashStep step(
            CrashRole role,
            String name,
            String type,
            String method,
            Place place,
            String condition,
            Set<CrashPlot> plots) {
        return new CrashStep(role, name, new Moment(type, method, place, condition), plots, false);
    }

    private static List<CrashStep> commit(
            CrashRole role, String name, String type, String method, String condition, Set<CrashPlot> plots) {
        return List.of(
                step(role, name + "-uncommitted", type, method, Place.BEFORE_COMMIT, condition, plots),
                step(role, name + "-committed", type, method, Place.AFTER_COMMIT, condition, plots));
    }
}
