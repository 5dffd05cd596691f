package tutti.chaos;

import java.util.EnumSet;

/** Something that breaks for a while. */
enum Fault {
    INSTANCE_KILLED("an instance killed", false, 1),
    DATABASE_KILLED("a database killed", false, 2),
    SITE_POWER_CUT("power cut at one site", true, 1),
    POWER_CUT("power cut at all sites", true, 1),
    PROCESS_STOPPED("a process stopped", false, 3),
    PARTITION("partition", false, 4),
    SLOW_LINKS("slow links", false, 2),
    LOSSY_LINKS("lossy links", false, 2),
    DISK_FULL("disk full", true, 2),
    CLOCK_JUMP("clock jumps", true, 2);

    private final String words;
    private final boolean needsFrailMachine;
    private final int weight;

    Fault(String words, boolean needsFrailMachine, int weight) {
        this.words = words;
        this.needsFrailMachine = needsFrailMachine;
        this.weight = weight;
    }

    /** Those that end with the start of an instance, which takes its time: they come in a lane of their own. */
    static final EnumSet<Fault> LOSSES = EnumSet.of(INSTANCE_KILLED, SITE_POWER_CUT, POWER_CUT);

    boolean isPossibleIn(World world) {
        return world.isFrail() || !needsFrailMachine;
    }

    boolean isLossOfOneSite() {
        return this == INSTANCE_KILLED || this == SITE_POWER_CUT;
    }

    /** How often it comes in one round of its lane. */
    int weight() {
        return weight;
    }

    @Override
    public String toString() {
        return words;
    }
}
