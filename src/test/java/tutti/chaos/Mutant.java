package tutti.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A bug in one line, such as somebody might make it, that a run has to convict. */
enum Mutant {
    PHOTOS_NOT_SYNCED(
            Fault.SITE_POWER_CUT,
            "src/main/java/tutti/pictures/PhotoFiles.java",
            "force(received.path(), StandardOpenOption.WRITE);",
            ""),
    DATABASE_NOT_SYNCED(
            Fault.SITE_POWER_CUT,
            "run-cluster.sh",
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-flush-log-at-trx-commit=2"),
    COMMITS_WITHOUT_ALL_PROMISES(
            Fault.INSTANCE_KILLED,
            "src/main/java/tutti/commit/Coordination.java",
            "return agreed.containsAll(peers)",
            "return !agreed.isEmpty()"),
    VOTES_WHILE_A_PHOTO_IS_ON_ITS_WAY(
            Fault.SLOW_LINKS,
            "src/main/java/tutti/replica/Voting.java",
            "if (replica.hasHold()) {\n            // Its photo",
            "if (replica.photos().isEmpty()) {\n            // Its photo"),
    PROMISES_PHOTOS_IN_A_BALLOT(
            Fault.PARTITION,
            "src/main/java/tutti/replica/PrepareRules.java",
            "hear that the ballot is over.\n                return noForNow(Refusal.VOTING_IN_PROGRESS.code());",
            "hear that the ballot is over.\n                break;"),
    TAKES_VOTES_AWAY_FROM_HOME(
            Fault.PARTITION,
            "src/main/java/tutti/replica/Voting.java",
            "if (!home.get().equals(replica.self())) {",
            "if (home.get().name().isEmpty()) {");

    private final Fault fault;
    private final String file;
    private final String original;
    private final String bug;

    Mutant(Fault fault, String file, String original, String bug) {
        this.fault = fault;
        this.file = file;
        this.original = original;
        this.bug = bug;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What brings it out soonest. */
    Fault fault() {
        return fault;
    }

    /** Whether the line that it changes is there, and only once. */
    boolean fits(Path project) throws IOException {
        var text = Files.readString(project.resolve(file));
        var at = text.indexOf(original);
        return at >= 0 && at == text.lastIndexOf(original);
    }

    /** Makes the mistake in a copy of the project. */
    void plant(Path copy) throws IOException {
        if (!fits(copy)) {
            throw new IllegalStateException(this + " does not fit " + file + " any more");
        }
        var changed = copy.resolve(file);
        Files.writeString(changed, Files.readString(changed).replace(original, bug));
    }
}
