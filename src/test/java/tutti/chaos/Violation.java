package tutti.chaos;

/** An invariant that does not hold, and what shows it. */
record Violation(Invariant invariant, String evidence) {

    @Override
    public String toString() {
        return invariant + ": " + evidence;
    }
}
