package tutti.event;

/** Where an event stands at one site. */
public enum Phase {
    /** Not here, or prepared and not yet decided. */
    ABSENT,
    /** At the creating site: not every site has it yet. */
    CREATING,
    OPEN,
    VOTING,
    PUBLISHED,
    /** Published, and hidden here since a contributor wants it so; not every site has said that it hides it, too. */
    TAKING_DOWN,
    /** Published once, and hidden at every site. */
    TAKEN_DOWN,
    /** At the creating site: taken back before every site had it. */
    CANCELLED;

    /** Whether the montage is decided for good, shown or hidden. */
    public boolean isAfterPublication() {
        return this == PUBLISHED || isHidden();
    }

    /** Whether consent was taken back after the publication. */
    public boolean isHidden() {
        return this == TAKING_DOWN || this == TAKEN_DOWN;
    }
}
