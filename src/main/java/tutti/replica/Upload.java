package tutti.replica;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tutti.commit.SiteName;
import tutti.event.Refusal;
import tutti.photo.Photo;

/**
 * A photo that its owner was promised to have taken in as soon as all sites can be reached. Known to its upload site only.
 *
 * @param refusal empty while it waits; else why it will never get in
 * @param waitingFor the sites that could not be reached at the last try
 */
public record Upload(Photo photo, Optional<Refusal> refusal, SortedSet<SiteName> waitingFor) {

    public Upload {
        waitingFor = Collections.unmodifiableSortedSet(new TreeSet<>(waitingFor));
    }

    public boolean isWaiting() {
        return refusal.isEmpty();
    }

    Upload waitingFor(SortedSet<SiteName> sites) {
        return new Upload(photo, refusal, sites);
    }

    Upload refused(Refusal why) {
        return new Upload(photo, Optional.of(why), new TreeSet<>());
    }
}
