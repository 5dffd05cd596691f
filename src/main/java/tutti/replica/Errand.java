package tutti.replica;

import java.util.SortedSet;
import tutti.ballot.BallotReport;
import tutti.commit.Decision;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.photo.ContributorId;
import tutti.photo.PhotoId;

/** Something this site owes to others, as its state on disk says. Running one twice does no harm. */
public sealed interface Errand {

    /**
     * Tells errands apart that are new from those that were owed before; a repetition to fewer peers is not new.
     *
     * @return a text that is the same for the same debt
     */
    String debt();

    /** Whether it has to be tried until it succeeds. */
    default boolean owed() {
        return true;
    }

    /** Ask the peers to prepare this site's own undecided transaction. */
    record Prepare(TransactionId id, Change change, SortedSet<SiteName> peers) implements Errand {
        @Override
        public String debt() {
            return "prepare " + id;
        }
    }

    /** Tell the peers how this site's own transaction was decided, until each has acknowledged. */
    record Tell(Decision decision, SortedSet<SiteName> peers) implements Errand {
        @Override
        public String debt() {
            return "tell " + decision.id();
        }
    }

    /** This site is in doubt: ask the coordinator and, if that cannot be reached, the other participants. */
    record Ask(TransactionId id) implements Errand {
        @Override
        public String debt() {
            return "ask " + id;
        }
    }

    /** Tell the master this site's view of the open ballot; its answer says how the ballot stands. */
    record Report(SiteName master, BallotReport report) implements Errand {
        @Override
        public String debt() {
            return "report " + report.number() + "/" + report.votes();
        }
    }

    /**
     * The master's word to the others that a ballot is open, and who has accepted so far. The first is owed until every
     * peer has confirmed it; the second is a courtesy.
     */
    record Announce(BallotNews.Opened opened, SortedSet<SiteName> peers, boolean owed) implements Errand {
        @Override
        public String debt() {
            return "announce " + opened.number() + "/" + opened.accepted().size();
        }
    }

    /** The ballot's time is over: ask every other site for its last report, then close the ballot. */
    record CollectLastReports(int ballot, SortedSet<SiteName> peers) implements Errand {
        @Override
        public String debt() {
            return "collect " + ballot;
        }
    }

    /** Try again to have a waiting photo taken in. */
    record TryPhoto(PhotoId photo) implements Errand {
        @Override
        public String debt() {
            return "photo " + photo;
        }
    }

    /** Try again to have a montage hidden everywhere that is hidden here. */
    record TryTakeDown() implements Errand {
        @Override
        public String debt() {
            return "take-down";
        }
    }

    /** Try to have a photo taken out whose contributor wants to be erased. */
    record TryRemoval(PhotoId photo, ContributorId by) implements Errand {
        @Override
        public String debt() {
            return "removal " + photo;
        }
    }

    /** Try to have a contributor's data erased everywhere, whose photos are out, or hidden. */
    record TryErasure(ContributorId contributor) implements Errand {
        @Override
        public String debt() {
            return "erasure " + contributor;
        }
    }

    /** Try again to have the event created everywhere. */
    record TryCreation() implements Errand {
        @Override
        public String debt() {
            return "creation";
        }
    }
}
