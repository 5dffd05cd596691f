package tutti.model;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
                    case CRASH, LOSE, REBUILD_AGAIN, YIELD, SERVE -> "";
                    default -> ": " + scenario.transactions().get(subject).name();
                };
        return scenario.sites().get(site) + " " + action + about + (action == Action.VOTE ? votes(scenario) : "");
    }

    /** All votes that the site has in the ballot then. */
    private String votes(Scenario scenario) {
        var text = new StringBuilder();
        for (var contributor = 0; contributor < scenario.contributors(); contributor++) {
            var choice = to.choice(site, contributor, subject);
            if (choice != State.NO_VOTE) {
                text.append(", contributor ")
                        .append(contributor + 1)
                        .append(choice == State.ACCEPT ? " accepts photos " : " rejects photos ")
                        .append(photos(to.voteOn(site, contributor, subject)));
            }
        }
        return text.toString();
    }

    private static String photos(long set) {
        return IntStream.range(0, Long.SIZE)
                .filter(photo -> (set >> photo & 1) == 1)
                .mapToObj(photo -> Integer.toString(photo + 1))
                .collect(Collectors.joining("+"));
    }
}
