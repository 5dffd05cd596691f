package tutti.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tutti.ballot.CastVote;
import tutti.ballot.Choice;
import tutti.commit.Outcome;
import tutti.commit.TransactionId;
import tutti.event.EventDetails;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.montage.Background;
import tutti.montage.Digest;
import tutti.montage.LayoutKind;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;
import tutti.replica.EventReplica;
import tutti.replica.Transaction;
import tutti.replica.VoteAnswer;

/** People, at whatever site they like: impatient, forgetful, of changing minds, and reading pages that are out of date. */
final class Users {

    private static final int PHOTOS_EACH = 4;

    private final World world;
    private final Chance chance;
    private final List<ContributorId> people;
    private final double contentment;
    private final Site founder;

    Users(World world) {
        this.world = world;
        this.chance = world.chance();
        people = IntStream.range(0, 2 + chance.below(4))
                .mapToObj(number -> ContributorId.ofCookie("user " + number))
                .toList();
        contentment = chance.oneOf(List.of(0.97, 0.8, 0.5, 0.3));
        founder = chance.oneOf(world.sites());
    }

    private void create() {
        var details = new EventDetails(
                "Summer",
                "",
                1 + chance.below(people.size()),
                (int) chance.between(5, 20),
                new Style(LayoutKind.ONE_BIG, Background.PINE, "Summer", Optional.empty()),
                founder.name(),
                people.get(0),
                founder.now());
        founder.step("creates", Named.NOTHING, replica -> {
            replica.create(details, founder.now());
            return "";
        });
        world.acknowledged().created();
    }

    void doSomething() {
        if (founder.disk().event().phase() == Phase.ABSENT) {
            if (founder.isUp()
                    && founder.disk().transactions().isEmpty()) { // an id is used once, even if a disk is lost over it
                create();
            }
            return;
        }
        if (isPublishedSomewhere() && chance.in(0.3)) {
            takeDown(chance.oneOf(world.sites()));
            return;
        }
        var dice = chance.below(100);
        if (dice < 3) {
            quarrelBehindSomebodysBack();
        } else if (dice < 7) {
            uploadTwice();
        } else if (dice < 25) {
            upload(chance.oneOf(people), chance.oneOf(world.sites()));
        } else if (dice < 35) {
            everybodyVotes(300, contentment);
            upload(chance.oneOf(people), chance.oneOf(world.sites()));
        } else if (dice < 60) {
            everybodyVotes(chance.between(0, chance.in(0.4) ? 20_000 : 3_000), contentment);
        } else if (dice < 78) {
            vote(chance.oneOf(people), chance.oneOf(world.sites()), contentment);
        } else if (dice < 88) {
            voteAgain();
        } else if (dice < 93) {
            withdraw(chance.oneOf(world.sites()));
        } else if (dice < 96) {
            remove(chance.oneOf(world.sites()));
        } else if (dice < 98) {
            erase(chance.oneOf(world.sites()));
        } else if (founder.disk().event().phase() == Phase.CREATING) {
            cancel();
        } else if (chance.in(0.3)) {
            freeze();
        }
    }

    // Photos

    void upload(ContributorId user, Site site) {
        upload(user, site, chance.below(PHOTOS_EACH));
    }

    /** The same photo, from a page that was opened twice. */
    private void uploadTwice() {
        var user = chance.oneOf(people);
        var number = chance.below(PHOTOS_EACH);
        var first = chance.oneOf(world.sites());
        var second = chance.in(0.5) ? first : chance.oneOf(world.sites());
        upload(user, first, number);
        world.agenda().in(chance.between(0, 200), () -> upload(user, second, number));
    }

    private void upload(ContributorId user, Site site, int number) {
        upload(user, site, Sha256.of("photo " + number));
    }

    private void upload(ContributorId user, Site site, Sha256 sha) {
        var id = PhotoId.of(world.event().value(), user, sha);
        var photo =
                new Photo(id, user, "Ada", "", site.name(), site.now(), new Picture("image/jpeg", 4, 3, 1_000, sha));
        if (site.isUp()) {
            new UploadRequest(world, site, photo).begin();
        }
    }

    private void withdraw(Site site) {
        var uploads = List.copyOf(site.disk().uploads().values());
        if (!site.isUp() || uploads.isEmpty()) {
            return;
        }
        var photo = chance.oneOf(uploads).photo();
        world.acknowledged().isBeingTakenBack(site, photo.id());
        var refusal = site.step(
                "withdraws " + photo.id(),
                Named.NOTHING,
                replica -> replica.withdraw(photo.id(), photo.contributor(), site.now()));
        if (refusal.isEmpty()) {
            world.acknowledged().isTakenBack(photo.id());
        }
    }

    /** Takes a photo out that is in; once in a while its owner is sorry for it, or wants it from two pages at once. */
    private void remove(Site reading) {
        var photos = reading.disk().photos().values().stream()
                .filter(one -> !one.isErased())
                .toList();
        if (photos.isEmpty()) {
            return;
        }
        var photo = chance.oneOf(photos);
        var site = chance.oneOf(world.sites());
        if (site.isUp()) {
            new RemovalRequest(world, site, photo).begin();
        }
        if (chance.in(0.2)) {
            var other = chance.oneOf(world.sites());
            world.agenda().in(chance.between(0, 200), other.ifAlive(new RemovalRequest(world, other, photo)::begin));
        }
        if (chance.in(0.6)) {
            var later = chance.oneOf(world.sites());
            world.agenda()
                    .in(
                            chance.between(0, 2_000),
                            () -> upload(
                                    photo.contributor(), later, photo.picture().sha256()));
        }
    }

    private void cancel() {
        if (founder.isUp() && chance.in(0.3)) {
            world.acknowledged().isBeingCancelled();
            var refusal =
                    founder.step("cancels", Named.NOTHING, replica -> replica.cancel(people.get(0), founder.now()));
            if (refusal.isEmpty()) {
                world.count(RarePath.CANCELLED);
                world.acknowledged().isCancelled();
            }
        }
    }

    private boolean isPublishedSomewhere() {
        return world.sites().stream()
                .anyMatch(site -> site.disk().event().phase().isAfterPublication());
    }

    /** Somebody takes back what everybody has said yes to, where that is to be seen already. */
    void takeDown(Site site) {
        if (site.isUp() && site.disk().event().phase().isAfterPublication()) {
            var user = chance.oneOf(List.copyOf(site.disk().contributors()));
            var refusal = site.step("takes down", Named.NOTHING, replica -> replica.takeDown(user, site.now()));
            Violation.unless(refusal.isEmpty(), "a take-down is refused: %s", refusal);
            world.acknowledged().isTakenDown();
        }
    }

    /** An operator stops the event wherever a site can be reached, and lets it go on some time. */
    private void freeze() {
        world.agenda().in(chance.between(0, 30_000), this::letGoOn);
        for (var site : world.sites()) {
            world.countIf(site.disk().openBallot().isPresent(), RarePath.FROZEN_IN_A_BALLOT);
            if (!chance.in(0.2)) {
                freeze(site, true);
            }
        }
    }

    void letGoOn() {
        world.sites().forEach(site -> freeze(site, false));
    }

    private void freeze(Site site, boolean stopped) {
        if (site.isUp()) {
            site.step(
                    stopped ? "stops it" : "lets it go on",
                    Named.NOTHING,
                    replica -> replica.freeze(stopped, site.now()));
        }
    }

    /** An operator at each site has no patience with what is in doubt there, and concludes it some time. */
    void forceOutcomes() {
        for (var site : world.sites()) {
            if (site.isUp()) {
                site.disk().transactions().values().stream()
                        .filter(one -> one.isHold() && one.coordination().isEmpty())
                        .map(Transaction::id)
                        .forEach(id -> force(site, id));
            }
        }
    }

    private void force(Site site, TransactionId id) {
        var outcome = chance.in(0.5) ? Outcome.COMMITTED : Outcome.ABORTED;
        var forced = site.step(
                "forces " + id + " as " + outcome,
                Named.of(id, world.event()),
                replica -> replica.force(id, outcome, site.now()));
        if (forced) {
            world.count(RarePath.FORCED_OUTCOME);
            var shown = site.disk().shown(site.now()).event().phase();
            Violation.unless(
                    !shown.isAfterPublication() || site.disk().event().phase().isAfterPublication(),
                    "4: %s shows as public what is only promised",
                    site.name());
            world.agenda().in(chance.between(0, 20_000), () -> conclude(site, id));
        }
    }

    void concludeAll() {
        world.sites().forEach(site -> site.disk().transactions().values().stream()
                .filter(one -> one.forced().isPresent())
                .map(Transaction::id)
                .forEach(id -> conclude(site, id)));
    }

    private void conclude(Site site, TransactionId id) {
        if (site.isUp()) {
            var concluded = site.step("concludes " + id, Named.of(id, world.event()), replica -> replica.conclude(id));
            world.countIf(concluded, RarePath.CONCLUDED);
        } else {
            world.agenda().in(1_000, () -> conclude(site, id));
        }
    }

    /** Somebody wants to leave nothing behind, and once in a while says so at two sites, or sends a photo after all. */
    void erase(Site site) {
        var user = chance.oneOf(people);
        erase(user, site);
        if (chance.in(0.3)) {
            var other = chance.oneOf(world.sites());
            world.agenda().in(chance.between(0, 300), () -> erase(user, other));
        }
        if (chance.in(0.3)) {
            world.agenda().in(chance.between(0, 1_000), () -> upload(user, chance.oneOf(world.sites())));
        }
    }

    private void erase(ContributorId user, Site site) {
        if (site.isUp()) {
            var refusal = site.step("erases " + user, Named.EVERYTHING, replica -> replica.erase(user, site.now()));
            world.countIf(
                    refusal.equals(Optional.of(Refusal.VOTING_IN_PROGRESS)), RarePath.ERASURE_REFUSED_IN_A_BALLOT);
            if (refusal.isEmpty()) {
                world.acknowledged().isErased(user);
            }
        }
    }

    // Votes

    /** Everybody who is seen to be in looks at a page, and soon after votes on what it showed. */
    void everybodyVotes(long within, double content) {
        for (var user : chance.oneOf(world.sites()).disk().contributors()) {
            world.agenda().in(chance.between(0, within), () -> vote(user, chance.oneOf(world.sites()), content));
        }
    }

    /** Without any mistake: everybody accepts what is there, where it has to be done. */
    void everybodyVotesAtHome() {
        var page = founder.disk();
        for (var user : page.contributors()) {
            var home = world.site(page.homeOf(user).orElseThrow());
            world.agenda()
                    .in(
                            chance.between(0, 2_000),
                            () -> cast(
                                    home,
                                    user,
                                    Choice.ACCEPT,
                                    page.ballotNumber(),
                                    page.version().digest(),
                                    20));
        }
    }

    /** A ballot comes and goes, and then a photo, while one site hears nothing of the master. */
    private void quarrelBehindSomebodysBack() {
        var others = new ArrayList<>(world.sites());
        others.remove(founder);
        var deaf = others.remove(chance.below(others.size()));
        world.network().cut(founder.name(), deaf.name(), chance.between(2_000, 10_000));
        for (var user : founder.disk().contributors()) {
            if (!founder.disk().homeOf(user).equals(Optional.of(deaf.name()))) {
                vote(user, founder, 0);
            }
        }
        world.agenda().in(chance.between(500, 1_500), () -> upload(chance.oneOf(people), chance.oneOf(others)));
        world.agenda().in(chance.between(1_500, 3_000), () -> everybodyVotes(500, contentment));
    }

    private void vote(ContributorId user, Site reading, double content) {
        var page = reading.disk();
        if (page.event().phase() != Phase.OPEN && page.event().phase() != Phase.VOTING) {
            return;
        }
        var home = page.homeOf(user).map(world::site).filter(site -> !chance.in(0.05));
        var site = home.orElseGet(() -> chance.oneOf(world.sites()));
        var choice = chance.in(content) ? Choice.ACCEPT : Choice.REJECT;
        var number = page.ballotNumber();
        var digest = page.version().digest();
        var later = chance.in(0.1) ? chance.between(0, 30_000) : chance.between(1, 500);
        world.agenda().in(later, () -> cast(site, user, choice, number, digest, 5));
    }

    private void cast(Site site, ContributorId user, Choice choice, int number, Digest digest, int tries) {
        if (!site.isUp()) {
            return;
        }
        var before = stored(site.disk(), user, number);
        var answer = site.step(
                "vote " + choice + " in " + number + " by " + user,
                Named.ballot(number),
                replica -> replica.castVote(user, choice, number, digest, site.now()));
        if (before != null) {
            var same = before.choice() == choice && before.digest().equals(digest);
            Violation.unless(
                    same
                            ? answer instanceof VoteAnswer.Repeated
                            : answer.refusal().equals(Optional.of(Refusal.ALREADY_VOTED)),
                    "a vote again is answered %s",
                    answer);
        }
        if (answer.refusal().isEmpty()) {
            world.acknowledged().hasVoted(site, user, number);
            world.countIf(answer instanceof VoteAnswer.Repeated, RarePath.REPEATED_VOTE);
            return;
        }
        refused(site, answer.refusal().get(), number);
        var again = answer.refusal().get() == Refusal.UPLOAD_IN_PROGRESS
                || answer.refusal().get() == Refusal.BALLOT_UNKNOWN;
        if (again && tries > 0) {
            world.agenda().in(chance.between(100, 700), () -> cast(site, user, choice, number, digest, tries - 1));
        }
    }

    private static CastVote stored(EventReplica replica, ContributorId user, int number) {
        var ballot = replica.ballots().get(number);
        return ballot == null ? null : ballot.votes().get(user);
    }

    private void refused(Site site, Refusal why, int number) {
        switch (why) {
            case ALREADY_VOTED -> world.count(RarePath.ALREADY_VOTED);
            case WRONG_SITE -> world.count(RarePath.WRONG_SITE);
            case SUPERSEDED -> world.count(RarePath.SUPERSEDED);
            case UPLOAD_IN_PROGRESS -> world.count(RarePath.UPLOAD_IN_PROGRESS);
            case FROZEN -> world.count(RarePath.VOTE_IN_A_FROZEN_EVENT);
            case BALLOT_OVER -> world.count(RarePath.BALLOT_OVER);
            case VOTING_CLOSED -> world.count(RarePath.VOTING_CLOSED);
            case BALLOT_UNKNOWN -> {
                world.count(RarePath.BALLOT_UNKNOWN);
                new Errands(world, site).askMasterAbout(site.disk().event().lastEnded() + 1);
            }
            default -> world.trace(site.name(), () -> "refuses a vote in " + number + ": " + why);
        }
    }

    /** Sends a vote once more, at the same site or another, sometimes turned round. */
    private void voteAgain() {
        var all = new ArrayList<CastVote>();
        var numbers = new ArrayList<Integer>();
        world.invariants().votes().forEach((number, votes) -> votes.values().forEach(vote -> {
            all.add(vote);
            numbers.add(number);
        }));
        if (all.isEmpty()) {
            return;
        }
        var one = chance.below(all.size());
        var vote = all.get(one);
        var at = world.sites().stream()
                .filter(site -> stored(site.disk(), vote.contributor(), numbers.get(one)) != null)
                .findFirst()
                .filter(site -> !chance.in(0.2))
                .orElseGet(() -> chance.oneOf(world.sites()));
        var choice = chance.in(0.6) ? vote.choice() : chance.oneOf(List.of(Choice.values()));
        cast(at, vote.contributor(), choice, numbers.get(one), vote.digest(), 0);
    }

    /** The people with a photo in, as one site sees them. */
    TreeSet<ContributorId> contributors() {
        return new TreeSet<>(founder.disk().contributors());
    }

    Site founder() {
        return founder;
    }
}
