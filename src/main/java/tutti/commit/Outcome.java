package tutti.commit;

/** What a transaction came to. There is no third outcome, and neither ever changes into the other. */
public enum Outcome {
    COMMITTED,
    ABORTED
}
