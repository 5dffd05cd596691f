package tutti.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a model is about: how many sites, which uploads, how many ballots at most. The first site is the event's master.
 *
 * @param transactions creations, uploads, removals, take-downs, erasures, then one publication for each ballot
 * @param contributors how many people there are
 * @param photos how many different photos there are
 * @param photosMax how many photos the event takes
 * @param contributorsMax how many contributors the event takes
 * @param crashes how often a site may die
 * @param losses how often a site may lose its disk
 * @param refusesAtWill whether a site may refuse an upload or a publication for a reason that is not in the scenario
 */
record Scenario(
        String name,
        List<String> sites,
        List<Transaction> transactions,
        int ballots,
        int contributors,
        int photos,
        int photosMax,
        int contributorsMax,
        int crashes,
        int losses,
        boolean refusesAtWill) {

    private static final List<String> SITES = List.of("west", "east", "europe", "asia");
    private static final int WEST = 0;
    private static final int EAST = 1;
    private static final int EUROPE = 2;
    private static final int ADA = 0;
    private static final int BEN = 1;

    private static final Transaction ADAS = Transaction.upload("ada's photo", 0, ADA, EAST, 1);
    private static final Transaction BENS = Transaction.upload("ben's photo", 1, BEN, EUROPE, 2);

    Scenario {
        transactions = List.copyOf(transactions);
    }

    /** One photo is there, another comes while people may vote. */
    static Scenario lateUpload() {
        return lateUpload(2);
    }

    /** As {@link #lateUpload}, with so many ballots. */
    static Scenario lateUpload(int ballots) {
        return of("a late upload", 3, ballots, ADAS.before(), BENS);
    }

    /** As {@link #lateUpload}, with a master that has a contributor of its own. */
    static Scenario votingMaster() {
        return votingMaster(2);
    }

    /** The same, with so many ballots. */
    static Scenario votingMaster(int ballots) {
        return of(
                "the master votes too",
                3,
                ballots,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.upload("ben's photo", 1, BEN, EAST, 2));
    }

    /** Two uploads at two sites, and nothing there before them. */
    static Scenario fromNothing() {
        return of("two uploads from nothing", 3, 2, ADAS, BENS);
    }

    /** Two homes from the start; a third photo meets the vote. */
    static Scenario twoHomes() {
        return of(
                "two homes",
                3,
                2,
                ADAS.before(),
                BENS.before(),
                Transaction.upload("ben's second photo", 2, BEN, EAST, 3));
    }

    /** The master and another site are homes; a third photo comes from a third site. */
    static Scenario threeSources(int ballots) {
        return of(
                "photos from three sites",
                3,
                ballots,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.upload("ben's photo", 1, BEN, EAST, 2).before(),
                Transaction.upload("ben's second photo", 2, BEN, EUROPE, 3));
    }

    /** Ada uses two sites, and the photo that is committed later is the earlier one: her home moves. */
    static Scenario movingHome() {
        return of(
                "a home that moves",
                3,
                2,
                Transaction.upload("ada's photo", 0, ADA, EAST, 2).before(),
                Transaction.upload("ada's earlier photo", 1, ADA, EUROPE, 1),
                Transaction.upload("ben's photo", 2, BEN, EUROPE, 3).before());
    }

    /** A second attempt at the same upload. */
    static Scenario retriedUpload(int ballots) {
        return of("an upload tried twice", 3, ballots, ADAS.before(), BENS, BENS.after(1));
    }

    /** The same photo at two sites at once. */
    static Scenario samePhoto(int ballots) {
        return of(
                "the same photo at two sites",
                3,
                ballots,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.upload("ben's photo at east", 1, BEN, EAST, 2),
                Transaction.upload("ben's photo at europe", 1, BEN, EUROPE, 3));
    }

    /** Two uploads and one free place. */
    static Scenario lastPlace(int ballots) {
        var two = of(
                "the last place",
                3,
                ballots,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.upload("ben's photo", 1, BEN, EAST, 2),
                Transaction.upload("ada's second photo", 2, ADA, EUROPE, 3));
        return two.with(2, two.crashes);
    }

    /** An event that is still being created while photos come. */
    static Scenario creation() {
        return of(
                "a creation",
                3,
                1,
                Transaction.creation(1, -1),
                Transaction.creation(2, 0),
                ADAS,
                Transaction.upload("ben's photo", 1, BEN, WEST, 2));
    }

    /** Two homes, and one of the photos goes, by its owner's wish at another site. */
    static Scenario removal(int ballots) {
        return of("a removal", 3, ballots, ADAS.before(), BENS.before(), Transaction.removal(BENS, 1, EAST));
    }

    /** A photo comes, and goes as soon as somebody has it. */
    static Scenario earlyRemoval(int ballots) {
        return of("an early removal", 3, ballots, ADAS.before(), BENS, Transaction.removal(BENS, 1, EAST));
    }

    /** The only photo goes, and comes again at another site: its owner's home moves. */
    static Scenario addedAgain(int ballots) {
        return of(
                "a photo added again",
                3,
                ballots,
                ADAS.before(),
                Transaction.removal(ADAS, 0, WEST),
                Transaction.upload("ada's photo again", 0, ADA, EUROPE, 2));
    }

    /** The same photo goes and comes again where it was, and its owner still has another one. */
    static Scenario addedAgainAtHome(int ballots) {
        return of(
                "a photo added again at home",
                3,
                ballots,
                ADAS.before(),
                BENS.before(),
                Transaction.removal(ADAS, 0, EAST),
                Transaction.upload("ada's photo again", 0, ADA, EAST, 3).after(0));
    }

    /** The same removal from two pages at two sites. */
    static Scenario sameRemoval(int ballots) {
        return of(
                "the same removal at two sites",
                3,
                ballots,
                ADAS.before(),
                BENS.before(),
                Transaction.removal(BENS, 1, EAST),
                Transaction.removal(BENS, 1, WEST));
    }

    /** The master's own photo is the only one, and the master takes it out. */
    static Scenario emptied(int ballots) {
        var adas = Transaction.upload("ada's photo", 0, ADA, WEST, 1);
        return of("an event without photos", 3, ballots, adas.before(), Transaction.removal(adas, 0, WEST));
    }

    /** Only the master has a contributor. */
    static Scenario loneContributor() {
        return of(
                "one contributor",
                3,
                1,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.upload("ada's second photo", 1, ADA, EAST, 2));
    }

    /** What is published is taken down again, from two sites. */
    static Scenario takenDown() {
        return of(
                "a take-down",
                3,
                1,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.takeDown("take-down at west", WEST),
                Transaction.takeDown("take-down at east", EAST));
    }

    /** Ben leaves for good: his photo is taken out, and he is erased, from two sites; and yet he sends another photo. */
    static Scenario erasure() {
        return of(
                "an erasure",
                3,
                0,
                BENS.before(),
                Transaction.removal(BENS, 0, EAST),
                Transaction.erasure("erasure of ben at east", BEN, EAST),
                Transaction.erasure("erasure of ben at west", BEN, WEST),
                Transaction.upload("ben's second photo", 0, BEN, EUROPE, 3));
    }

    /** The others may vote while somebody leaves. */
    static Scenario erasureInABallot() {
        return of(
                "an erasure and a ballot",
                3,
                1,
                ADAS.before(),
                BENS.before(),
                Transaction.removal(BENS, 1, EAST),
                Transaction.erasure("erasure of ben", BEN, EAST));
    }

    /** What is published is taken down, and then somebody in it is erased. */
    static Scenario erasureAfterwards() {
        return of(
                "an erasure after the publication",
                3,
                1,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1).before(),
                Transaction.takeDown("take-down at east", EAST),
                Transaction.erasure("erasure of ada", ADA, EAST));
    }

    static Scenario crash(int crashes, int ballots) {
        var calm = of("a late upload and crashes", 3, ballots, ADAS.before(), BENS);
        return calm.with(calm.photosMax, crashes);
    }

    static Scenario fourSites(int ballots) {
        return of("four sites", 4, ballots, ADAS.before(), BENS);
    }

    static Scenario threeBallots() {
        return of("three ballots", 3, 3, ADAS.before(), BENS);
    }

    /** Three uploads at three sites, nothing there before. */
    static Scenario threeUploads() {
        return of(
                "three uploads from nothing",
                3,
                1,
                Transaction.upload("ada's photo", 0, ADA, WEST, 1),
                Transaction.upload("ben's photo", 1, BEN, EAST, 2),
                Transaction.upload("ben's second photo", 2, BEN, EUROPE, 3));
    }

    private static Scenario of(String name, int sites, int ballots, Transaction... others) {
        return of(name, SITES.subList(0, sites), ballots, List.of(others));
    }

    /** A scenario without limits. */
    static Scenario of(String name, List<String> sites, int ballots, List<Transaction> others) {
        var all = new ArrayList<>(others);
        for (var ballot = 1; ballot <= ballots; ballot++) {
            all.add(Transaction.publication(ballot));
        }
        var people = numbers(others, Transaction::contributor);
        var photos = numbers(others, Transaction::photo);
        return new Scenario(name, sites, all, ballots, people, photos, photos, people, 0, 0, false);
    }

    private static int numbers(List<Transaction> transactions, ToIntFunction<Transaction> number) {
        return transactions.stream()
                .filter(Transaction::isUpload)
                .mapToInt(one -> number.applyAsInt(one) + 1)
                .max()
                .orElse(0);
    }

    private Scenario with(int mostPhotos, int mostCrashes) {
        return new Scenario(
                name,
                sites,
                transactions,
                ballots,
                contributors,
                photos,
                mostPhotos,
                contributorsMax,
                mostCrashes,
                losses,
                refusesAtWill);
    }

    /** The same, with sites that may refuse uploads and publications for reasons of their own. */
    Scenario refusingAtWill() {
        return new Scenario(
                name,
                sites,
                transactions,
                ballots,
                contributors,
                photos,
                photosMax,
                contributorsMax,
                crashes,
                losses,
                true);
    }

    /** The same, with sites that lose their disks, so often and one at a time. */
    Scenario losingDisks(int mostLosses) {
        return new Scenario(
                name + ", and a disk is lost",
                sites,
                transactions,
                ballots,
                contributors,
                photos,
                photosMax,
                contributorsMax,
                crashes,
                mostLosses,
                refusesAtWill);
    }

    /** Which transaction publishes this ballot. */
    int publication(int ballot) {
        return transactions.size() - ballots + ballot - 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
