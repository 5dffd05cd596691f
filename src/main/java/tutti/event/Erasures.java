package tutti.event;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.photo.ContributorId;

/**
 * Whose data an event has given up, or is about to. Nobody ever leaves these sets for good: one who is wanted out becomes
 * one who is erased, and stays so.
 *
 * @param wanted those whose data is to go, as far as this site knows; it goes on until it is gone everywhere
 * @param done those of whom no name and no bytes are left here
 */
public record Erasures(SortedSet<ContributorId> wanted, SortedSet<ContributorId> done) {

    public Erasures {
        wanted = Collections.unmodifiableSortedSet(new TreeSet<>(wanted));
        done = Collections.unmodifiableSortedSet(new TreeSet<>(done));
    }

    /** Everybody is welcome still. */
    public static Erasures none() {
        return new Erasures(new TreeSet<>(), new TreeSet<>());
    }

    /** Whether nothing of this contributor may come in any more. */
    public boolean concern(ContributorId who) {
        return wanted.contains(who) || done.contains(who);
    }

    /** From now on this contributor's data is to go; what is done stays done. */
    public Erasures wanting(ContributorId who) {
        if (done.contains(who)) {
            return this;
        }
        var more = new TreeSet<>(wanted);
        more.add(who);
        return new Erasures(more, done);
    }

    /** This contributor's data is gone here. */
    public Erasures with(ContributorId who) {
        var rest = new TreeSet<>(wanted);
        rest.remove(who);
        var more = new TreeSet<>(done);
        more.add(who);
        return new Erasures(rest, more);
    }
}
