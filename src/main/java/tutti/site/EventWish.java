package tutti.site;

import java.util.Optional;

/** What somebody who creates an event has filled in, unchecked. */
public record EventWish(
        String title,
        String description,
        Optional<Integer> maxContributors,
        Optional<Integer> votingSeconds,
        Looks looks) {

    /**
     * How the montage is to look; what is empty, as usual.
     *
     * @param layout by its code
     * @param background by its code
     * @param date as YYYY-MM-DD
     */
    public record Looks(String layout, String background, String textLine, String date) {

        public static final Looks USUAL = new Looks("", "", "", "");
    }
}
