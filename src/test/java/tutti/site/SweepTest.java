package tutti.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tutti.event.EventId;
import tutti.journal.ReplicaJournal;

class SweepTest {

    /** An executor does not repeat what has thrown. */
    @Test
    void goes_on_after_failures_of_any_kind() {
        var sweep = new Sweep();
        var journal = new FailingJournal();
        sweep.journal = journal;
        sweep.standing = new GoodStanding();
        sweep.errands = new ErrandRunner();
        sweep.shredder = new IdleShredder();

        sweep.sweep();
        sweep.sweep();
        sweep.sweep();

        assertThat(journal.sweeps).isEqualTo(3);
    }

    private static final class GoodStanding extends Standing {

        @Override
        boolean isIntroduced() {
            return true;
        }

        @Override
        public boolean serves() {
            return true;
        }
    }

    private static final class IdleShredder extends Shredder {

        @Override
        void goOn() {}
    }

    private static final class FailingJournal extends ReplicaJournal {

        private int sweeps;

        @Override
        public void hasten() {}

        @Override
        public List<EventId> claimDue(int limit) {
            sweeps++;
            throw new IllegalStateException("a bug");
        }
    }
}
