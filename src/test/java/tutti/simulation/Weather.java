package tutti.simulation;

/**
 * How bad it is out there; each a probability.
 *
 * @param requestLoss a request gets lost
 * @param answerLoss a request arrives, and its answer gets lost
 * @param requestTwice a request arrives a second time
 * @param answerTwice an answer is taken in a second time
 * @param slow a message takes up to some seconds
 * @param late a message arrives, or an answer is taken in, when its ballot is long over
 * @param crash a site dies before, at or after a commit
 * @param failedCommit a commit fails, or succeeds and looks as if it had failed
 * @param trouble of any greater kind between two deeds of the users
 */
record Weather(
        double requestLoss,
        double answerLoss,
        double requestTwice,
        double answerTwice,
        double slow,
        double late,
        double crash,
        double failedCommit,
        double trouble) {

    static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Weather of(Chance chance) {
        if (chance.in(0.1)) {
            return new Weather(0, 0, 0, 0, 0.2, 0, 0, 0, 0);
        }
        var strength = chance.in(0.5) ? 0.3 : 1.0;
        return new Weather(
                strength * chance.between(0, chance.in(0.2) ? 60 : 20) / 100.0,
                strength * chance.between(0, chance.in(0.2) ? 60 : 20) / 100.0,
                strength * chance.between(0, 20) / 100.0,
                strength * chance.between(0, 20) / 100.0,
                strength * chance.between(0, 60) / 100.0,
                strength * chance.between(0, 6) / 100.0,
                strength * chance.between(0, 20) / 1000.0,
                strength * chance.between(0, 20) / 1000.0,
                strength * chance.between(0, 25) / 100.0);
    }
}
