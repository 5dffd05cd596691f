package tutti.model;

import java.util.Set;

/** Where everything that a state says lies in its bits. */
final class Layout {

    private Field last = new Field(0, 0, 0);

    // What each site has on disk
    final Field[][] promise;
    final Field[] lastEnded;
    final Field[] voting;
    final Field[][][] choice;
    final Field[][][] voteOn;

    // What was ever said: messages stay in the air for ever
    final Field[] begun;
    final Field[] yes;
    final Field[] carried;
    final Field[] toldCommit;
    final Field[] toldAbort;
    final Field[] opened;
    final Field[] about;

    // Trouble, and what only mutations need
    final Field[] lost;
    final Field crashes;
    final Field losses;
    final Field rebuilding;
    final Field yielded;
    final Field deaf;
    final Field[][][] gone;
    final Field everEnded;
    final Field twice;
    final Field[] pending;
    final Field[] readBy;
    final Field[] readBallot;
    final Field[] readPhotos;

    Layout(Scenario scenario, Set<Mutation> mutations) {
        var sites = scenario.sites().size();
        var transactions = scenario.transactions().size();
        var people = scenario.contributors();
        var ballots = scenario.ballots();
        var ballotNumber = Integer.SIZE - Integer.numberOfLeadingZeros(ballots);

        var lossy = scenario.losses() > 0 ? 1 : 0;
        promise = new Field[sites][];
        gone = new Field[sites][people][];
        choice = new Field[sites][people][];
        voteOn = new Field[sites][people][];
        for (var site = 0; site < sites; site++) {
            promise[site] = fields(transactions, 2);
            for (var person = 0; person < people; person++) {
                choice[site][person] = fields(ballots, 2);
                voteOn[site][person] = fields(ballots, scenario.photos());
                gone[site][person] = fields(ballots, lossy);
            }
        }
        lastEnded = fields(sites, ballotNumber);
        voting = fields(sites, 1);

        begun = fields(transactions, 1);
        yes = fields(transactions, sites);
        carried = fields(transactions, ballotNumber);
        toldCommit = fields(transactions, 1);
        toldAbort = fields(transactions, 1);
        opened = fields(ballots, 1);
        about = fields(ballots, scenario.photos());

        lost = fields(transactions, scenario.crashes() > 0 ? 1 : 0);
        crashes = field(scenario.crashes() > 0 ? 2 : 0);
        losses = field(lossy * 2);
        rebuilding = field(lossy * 3);
        yielded = field(lossy * sites);
        deaf = field(lossy * sites);
        everEnded = field(lossy * ballotNumber);
        twice = field(lossy);
        pending = fields(transactions, mutations.contains(Mutation.HOLD_RELEASED_BEFORE_EFFECT) ? 1 : 0);
        var unlocked = mutations.contains(Mutation.VOTE_WITHOUT_LOCK) ? 1 : 0;
        readBy = fields(sites, unlocked * 3);
        readBallot = fields(sites, unlocked * ballotNumber);
        readPhotos = fields(sites, unlocked * scenario.photos());
    }

    int words() {
        return last.word() + 1;
    }

    private Field[] fields(int many, int bits) {
        var fields = new Field[many];
        for (var i = 0; i < many; i++) {
            fields[i] = field(bits);
        }
        return fields;
    }

    private Field field(int bits) {
        last = last.next(bits);
        return last;
    }
}
