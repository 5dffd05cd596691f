package tutti.cluster;

/**
 * A moment in the life of a site's JVM: a method of the product, and a place in it or soon after it in the same thread.
 * {@code BEFORE_COMMIT} and {@code AFTER_COMMIT} belong to the database transaction in which the method runs: all is written
 * and the commit is not yet sent, or the commit is confirmed and nobody has been told. {@code ANSWERED} belongs to a method
 * that writes a message to a peer: its answer has just come.
 *
 * @param condition on the method's arguments, in Byteman's language
 */
record Moment(String type, String method, Place place, String condition) {

    enum Place {
        ENTRY("ENTRY"),
        EXIT("EXIT"),
        BEFORE_COMMIT("org.mariadb.jdbc.MariaDbPoolConnection$MariaDbXAResource", "commit", "ENTRY"),
        AFTER_COMMIT("org.mariadb.jdbc.MariaDbPoolConnection$MariaDbXAResource", "commit", "EXIT"),
        ANSWERED("tutti.peers.Messages", "read", "ENTRY");

        private final String laterType;
        private final String laterMethod;
        private final String location;

        Place(String location) {
            this("", "", location);
        }

        Place(String laterType, String laterMethod, String location) {
            this.laterType = laterType;
            this.laterMethod = laterMethod;
            this.location = location;
        }
    }

    /** Byteman's rules that do something at this moment when it first comes; the name keeps one case from another. */
    String rules(String name, String action) {
        var once = " AND flag(\"" + name + "\")";
        if (place.laterType.isEmpty()) {
            return rule(name, type, method, place.location, condition + once, action);
        }
        var thread = "\"" + name + " \" + Thread.currentThread().getId()";
        return rule(name + " comes", type, method, "EXIT", condition, "flag(" + thread + ")")
                + rule(
                        name,
                        place.laterType,
                        place.laterMethod,
                        place.location,
                        "flagged(" + thread + ")" + once,
                        action);
    }

    private static String rule(
            String name, String type, String method, String location, String condition, String action) {
        return """
                RULE %s
                CLASS %s
                METHOD %s
                AT %s
                IF %s
                DO %s
                ENDRULE
                """
                .formatted(name, type, method, location, condition, action);
    }
}
