package tutti.commit;

import java.util.regex.Pattern;

/** The short name by which sites know one another, such as {@code west}; also the name of its folder and of its keys. */
public record SiteName(String name) implements Comparable<SiteName> {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public SiteName {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("a site's name is 1 to 31 of a-z, 0-9 and -, a letter first: " + name);
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
