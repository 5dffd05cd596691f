package tutti.model;

/**
 * One step from one state to the next.
 *
 * @param site where it happens
 * @param subject the transaction or, for what is about a ballot, its number
 */
record Step(Action action, int site, int subject, State to) {

    /** For people: {@code europe prepares at home: ben's photo}. */
    String describe(Scenario scenario) {
        var about =
                switch (action) {
                    case OPEN, HEAR_OPENED, END, READ, VOTE -> ": ballot " + subject;
                    case CRASH -> "";
                    default -> ": " + scenario.transactions().get(subject).name();
                };
        return scenario.sites().get(site) + " " + action + about + (action == Action.VOTE ? votes(scenario) : "");
    }

    private String votes(Scenario scenario) {
        var text = new StringBuilder();
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            var choice = to.choice(site, contributor, subject);
            if (choice != State.NO_VOTE) {
                text.append(", contributor ")
                        .append(contributor + 1)
                        .append(choice == State.ACCEPT ? " accepts " : " rejects ")
                        .append(Long.toBinaryString(to.voteOn(site, contributor, subject)));
            }
        }
        return text.toString();
    }
}
