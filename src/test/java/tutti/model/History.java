package tutti.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.model.LoggedStep.Turned;
import tutti.montage.Digest;
import tutti.photo.PhotoId;
import tutti.photo.Sha256;

/** All that was logged of one event, and the scenario that it is a run of. */
final class History {

    private final Scenario scenario;
    private final Map<String, List<LoggedStep>> steps = new TreeMap<>();
    private final List<TransactionId> transactions = new ArrayList<>();
    private final List<String> contributors;
    private final List<String> photos;
    private final Optional<Sha256> look;

    /** @param sites all sites of the cluster */
    History(Collection<String> sites, Collection<LoggedStep> logged) {
        sites.forEach(site -> steps.put(site, new ArrayList<>()));
        logged.stream().sorted(Comparator.comparingLong(LoggedStep::revision)).forEach(step -> steps.get(step.site())
                .add(step));
        var first = new TreeMap<TransactionId, Turned>();
        turns().filter(Turned::isPromise)
                .filter(turned -> turned.to().equals("PREPARED"))
                .forEach(turned -> first.putIfAbsent(TransactionId.parse(turned.what()), turned));
        look = first.values().stream()
                .flatMap(turned -> Optional.ofNullable(turned.more().get("look")).stream())
                .map(Sha256::new)
                .findFirst();
        photos = new ArrayList<>(new TreeSet<>(
                ids("photo").stream().map(id -> id.subject().split(":")[1]).toList()));
        contributors = new ArrayList<>(new TreeSet<>(Stream.concat(
                        turns().filter(Turned::isVote).map(Turned::voter),
                        turns().filter(turned -> turned.more().containsKey("contributor"))
                                .map(turned -> turned.more().get("contributor")))
                .toList()));
        var master = Stream.concat(ids("create").stream(), ids("publish").stream())
                .map(id -> id.coordinator().name())
                .findFirst()
                .orElse(sites.iterator().next());
        var names = new ArrayList<>(steps.keySet());
        names.sort(Comparator.comparing(name -> !name.equals(master)));
        scenario = scenario(names, first);
    }

    private Scenario scenario(List<String> names, Map<TransactionId, Turned> first) {
        var ages = new TreeSet<>(first.values().stream().map(History::age).toList());
        var others = new ArrayList<Transaction>();
        for (var id : ids("create")) {
            others.add(Transaction.creation((int) id.attempt(), transactions.size() - 1));
            transactions.add(id);
        }
        for (var id : ids("photo")) {
            var turned = first.get(id);
            var photo = photos.indexOf(id.subject().split(":")[1]);
            var by = turned == null ? 0 : contributors.indexOf(turned.more().get("contributor"));
            var age = turned == null ? 0 : ages.headSet(age(turned)).size();
            var upload = Transaction.upload(
                    id.toString(), photo, by, names.indexOf(id.coordinator().name()), age);
            others.add(upload.after(previous(id)));
            transactions.add(id);
        }
        for (var id : ids("removal")) {
            var added = added(id, first, others);
            others.add(Transaction.removal(
                            others.get(added),
                            added,
                            names.indexOf(id.coordinator().name()))
                    .after(previous(id)));
            transactions.add(id);
        }
        for (var id : ids("takedown")) {
            others.add(Transaction.takeDown(
                            id.toString(), names.indexOf(id.coordinator().name()))
                    .after(previous(id)));
            transactions.add(id);
        }
        for (var id : ids("erasure")) {
            var who = contributors.indexOf(id.subject().split(":")[2]);
            others.add(Transaction.erasure(
                            id.toString(), who, names.indexOf(id.coordinator().name()))
                    .after(previous(id)));
            transactions.add(id);
        }
        var ballots = turns().filter(turned -> turned.isBallot() || turned.isVote())
                .mapToInt(Turned::ballot)
                .max()
                .orElse(0);
        for (var ballot = 1; ballot <= ballots; ballot++) {
            transactions.add(publication(ballot, names.get(0)));
        }
        return Scenario.of("the history of an event", names, ballots, others).refusingAtWill();
    }

    /** Which upload a removal takes back: of the attempts at that addition, the one that was committed. */
    private int added(TransactionId removal, Map<TransactionId, Turned> first, List<Transaction> others) {
        var committed = new TreeSet<>(turns().filter(turned -> turned.to().equals("COMMITTED"))
                .map(Turned::what)
                .toList());
        var photo = removal.subject().split(":")[1];
        var told = first.get(removal);
        var added = -1;
        for (var t = 0; t < transactions.size(); t++) {
            var id = transactions.get(t);
            if (id.subject().equals("photo:" + photo)
                    && (added < 0 || isAddition(id, first.get(id), told, committed))) {
                added = t;
            }
        }
        return added;
    }

    private static boolean isAddition(TransactionId id, Turned upload, Turned removal, Collection<String> committed) {
        return upload != null
                && removal != null
                && committed.contains(id.toString())
                && removal.more().get("site").equals(id.coordinator().name())
                && removal.more().get("uploaded").equals(upload.more().get("uploaded"));
    }

    /** Photos are ordered by time, then by their ids: both are in the text that is compared. */
    private static String age(Turned upload) {
        var uploaded = Instant.parse(upload.more().getOrDefault("uploaded", "1970-01-01T00:00:00Z"));
        return "%020d %09d %s".formatted(uploaded.getEpochSecond(), uploaded.getNano(), upload.what());
    }

    /** The coordinator's attempt at the same subject before this one, or -1. */
    private int previous(TransactionId id) {
        for (var t = transactions.size() - 1; t >= 0; t--) {
            var other = transactions.get(t);
            if (other.subject().equals(id.subject()) && other.coordinator().equals(id.coordinator())) {
                return t;
            }
        }
        return -1;
    }

    /** The one transaction of a ballot; a ballot that ended unheard of may have none in the logs. */
    private TransactionId publication(int ballot, String master) {
        var named = ids("publish").stream()
                .filter(id -> id.subject().endsWith(":" + ballot))
                .toList();
        if (named.size() > 1) {
            throw new Violation(Invariant.ONE_OUTCOME, "one ballot has two publications: " + named);
        }
        return named.isEmpty() ? new TransactionId("publish:unknown:" + ballot, new SiteName(master), 1) : named.get(0);
    }

    private Stream<Turned> turns() {
        return steps.values().stream().flatMap(List::stream).flatMap(step -> step.turns().stream());
    }

    /** All transactions of a kind, attempts in order. */
    private Collection<TransactionId> ids(String kind) {
        var ids = new TreeSet<>(Comparator.comparing(TransactionId::subject)
                .thenComparing(TransactionId::coordinator)
                .thenComparing(TransactionId::attempt));
        turns().filter(turned -> turned.isAbout(kind)).forEach(turned -> ids.add(TransactionId.parse(turned.what())));
        return ids;
    }

    Scenario scenario() {
        return scenario;
    }

    /** What a site has logged, in the order in which it happened. */
    List<LoggedStep> steps(int site) {
        return Collections.unmodifiableList(steps.get(scenario.sites().get(site)));
    }

    /** Whether a site drops its record of a transaction at some time. */
    boolean isForgotten(int site, String transaction) {
        return steps(site).stream()
                .flatMap(step -> step.turns().stream())
                .anyMatch(turned ->
                        turned.what().equals(transaction) && turned.to().equals("NONE"));
    }

    int transaction(Turned turned) {
        return transactions.indexOf(TransactionId.parse(turned.what()));
    }

    int contributor(Turned vote) {
        return contributors.indexOf(vote.voter());
    }

    int site(String name) {
        return scenario.sites().indexOf(name);
    }

    /** The digest of a montage of these photos, as it is logged. */
    String digest(long set) {
        var ids = new ArrayList<PhotoId>();
        for (var photo = 0; photo < photos.size(); photo++) {
            if ((set >> photo & 1) == 1) {
                ids.add(new PhotoId(photos.get(photo)));
            }
        }
        return Digest.of(look, ids).hex();
    }
}
