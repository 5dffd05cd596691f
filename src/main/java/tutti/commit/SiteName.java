package tutti.commit;

import java.util.regex.Pattern;

/** The name of one site, such as {@code west}: lower-case letters, digits and dashes, at most 31 characters. */
public record SiteName(String name) implements Comparable<SiteName> {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public SiteName {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a site's name: " + name);
        }
    }

    @Override
    public int compareTo(SiteName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
