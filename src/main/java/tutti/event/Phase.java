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
    /** At the creating site: taken back before every site had it. */
    CANCELLED
}
