package tutti.chaos;

/** What must hold, always: the list of the replication protocol, in its order, that its model can explain what was done, and its sites what was not. */
enum Invariant {
    ONE_OUTCOME("one outcome"),
    ALL_OR_NOTHING("all or nothing"),
    FROZEN_WHILE_VOTING("frozen while voting"),
    UNANIMOUS("unanimous or not at all"),
    NOTHING_SUPERSEDED("nothing superseded"),
    NO_SECOND_THOUGHTS("no second thoughts"),
    NOTHING_LOST("nothing acknowledged is lost"),
    IT_ENDS("it ends"),
    ONLY_THE_INVITED_SEE("only the invited see"),
    AS_THE_MODEL_ALLOWS("each step is one that the model allows"),
    NEVER_AT_A_LOSS("a site knows what to say of any failure around it");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
