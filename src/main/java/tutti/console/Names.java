package tutti.console;

import java.util.Collection;
import tutti.commit.SiteName;

/** Sites in a sentence. */
final class Names {

    private Names() {}

    /** Such as {@code west, east and asia}. */
    static String of(Collection<SiteName> sites) {
        var names = sites.stream().map(SiteName::name).toList();
        if (names.size() < 2) {
            return names.isEmpty() ? "no site" : names.get(0);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
