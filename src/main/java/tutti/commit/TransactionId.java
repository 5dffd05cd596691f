package tutti.commit;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names one attempt at one change, for ever: the subject (what is to change), the coordinating site, and an attempt
 * number that this site never uses again. Written {@code subject@site#attempt}.
 */
public record TransactionId(String subject, SiteName coordinator, long attempt) implements Comparable<TransactionId> {

    private static final Pattern SUBJECT = Pattern.compile("[a-z]{1,12}(:[A-Za-z0-9_-]{1,64}){1,2}");
    private static final Comparator<TransactionId> ORDER = Comparator.comparing(TransactionId::subject)
            .thenComparing(TransactionId::coordinator)
            .thenComparingLong(TransactionId::attempt);
    private static final Pattern WRITTEN = Pattern.compile("([^@#]{1,160})@([a-z0-9-]{1,31})#([1-9][0-9]{0,17})");

    public TransactionId {
        if (!SUBJECT.matcher(subject).matches() || attempt < 1) {
            throw new IllegalArgumentException("not a transaction: " + subject + "#" + attempt);
        }
    }

    /** Reads what {@link #toString} wrote; throws {@link IllegalArgumentException} for anything else. */
    public static TransactionId parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a transaction id");
        }
        return new TransactionId(match.group(1), new SiteName(match.group(2)), Long.parseLong(match.group(3)));
    }

    @Override
    public int compareTo(TransactionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return subject + "@" + coordinator + "#" + attempt;
    }
}
