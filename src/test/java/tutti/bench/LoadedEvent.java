package tutti.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tutti.cluster.Site;
import tutti.commit.SiteName;
import tutti.commit.TransactionId;
import tutti.event.Change;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.journal.ChangeText;
import tutti.montage.Digest;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.PhotoId;
import tutti.photo.Picture;
import tutti.photo.Sha256;

/**
 * An event with all of its past, as it would lie in the four databases long after everything in it was delivered. All of it
 * follows from the event's number: one to ten contributors, up to twenty photos; six of ten are published, and in some of the
 * others a ballot ran out of time. The same ten people have six events together.
 */
final class LoadedEvent {

    /** After so many numbers the same numbers of contributors, photos and ballots come again, in the same order. */
    static final int SHAPES = 1000;

    private static final int CONTRIBUTORS_MOST = 10;
    private static final int EVENTS_TOGETHER = 6;
    private static final int VOTING_SECONDS = 60;
    private static final int ID_BYTES = 16;
    private static final Instant FIRST =
            Instant.now().minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
    private static final Duration APART = Duration.ofSeconds(20);

    private final int number;
    private final EventId id;
    private final List<Member> contributors;
    private final List<Photo> photos;
    private final Digest digest;
    private final List<Committed> transactions = new ArrayList<>();

    /** @param pictures what photos there are; each event has some of them */
    LoadedEvent(int number, List<Picture> pictures) {
        this.number = number;
        this.id = idOf(number);
        this.contributors = IntStream.rangeClosed(0, number % CONTRIBUTORS_MOST)
                .mapToObj(this::member)
                .toList();
        var count = contributors.size() + number / (CONTRIBUTORS_MOST * CONTRIBUTORS_MOST) % (contributors.size() + 1);
        this.photos = IntStream.range(0, count)
                .mapToObj(place -> photo(
                        contributors.get(place % contributors.size()),
                        place,
                        pictures.get((number + place) % pictures.size())))
                .toList();
        this.digest = Digest.of(Style.PLAIN, photos.stream().map(Photo::id).toList());
        commit();
    }

    static EventId idOf(int number) {
        return new EventId(
                base64(Arrays.copyOf(Sha256.of("loaded event " + number).bytes(), ID_BYTES)));
    }

    /** A contributor: what makes a browser this person, and the site where this person's photos were added. */
    record Member(String secret, ContributorId id, Site home) {}

    /**
     * A transaction that all sites have committed and acknowledged.
     *
     * @param content the change, as JSON
     */
    record Committed(TransactionId id, String content, Instant at) {
        Site coordinator() {
            return site(id.coordinator());
        }
    }

    EventId id() {
        return id;
    }

    Site master() {
        return creator().home();
    }

    Member creator() {
        return contributors.get(0);
    }

    private Member member(int place) {
        var group = number / EVENTS_TOGETHER;
        var secret = base64(Sha256.of("member " + place + " of group " + group).bytes());
        return new Member(
                secret, ContributorId.ofCookie(secret), Site.values()[(group + place) % Site.values().length]);
    }

    private static String base64(byte[] bits) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    boolean isPublished() {
        return number / CONTRIBUTORS_MOST % CONTRIBUTORS_MOST < 6;
    }

    /** Somebody alone who says yes has a publication at once: only others can be waited for in vain. */
    boolean hadBallot() {
        return isPublished() || number / CONTRIBUTORS_MOST % CONTRIBUTORS_MOST == 9 && contributors.size() > 1;
    }

    EventDetails details() {
        return new EventDetails(
                "Loaded event " + number,
                "",
                CONTRIBUTORS_MOST,
                VOTING_SECONDS,
                Style.PLAIN,
                name(master()),
                creator().id(),
                createdAt());
    }

    Instant createdAt() {
        return FIRST.plus(APART.multipliedBy(number));
    }

    /** Long enough before the end of the voting period. */
    Instant publishedAt() {
        return ballotOpenedAt().plusSeconds(10);
    }

    Instant ballotOpenedAt() {
        return createdAt().plusSeconds(60);
    }

    Instant ballotDeadline() {
        return ballotOpenedAt().plusSeconds(VOTING_SECONDS);
    }

    /** In the order in which they came. */
    List<Photo> photos() {
        return photos;
    }

    private Photo photo(Member by, int place, Picture picture) {
        return new Photo(
                PhotoId.of(id.value(), by.id(), picture.sha256()),
                by.id(),
                "Guest " + place,
                "",
                name(by.home()),
                createdAt().plusSeconds(1 + place),
                picture);
    }

    Digest digest() {
        return digest;
    }

    /** Those whose yes is stored; in vain where it is not everybody's. */
    List<Member> accepted() {
        return isPublished() ? contributors : contributors.subList(0, contributors.size() - 1);
    }

    TreeSet<ContributorId> acceptedIds() {
        return accepted().stream().map(Member::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The transaction that has published it. */
    Optional<TransactionId> publication() {
        return isPublished()
                ? Optional.of(transactions.get(transactions.size() - 1).id())
                : Optional.empty();
    }

    /** Its creation, its photos and its publication, in this order. */
    List<Committed> transactions() {
        return transactions;
    }

    private void commit() {
        var attempts = new EnumMap<Site, Integer>(Site.class);
        transactions.add(committed(master(), new Change.CreateEvent(details()), createdAt(), attempts));
        photos.forEach(photo -> transactions.add(
                committed(site(photo.site()), new Change.AddPhoto(photo), photo.uploadedAt(), attempts)));
        if (isPublished()) {
            var publication = new Change.PublishMontage(1, digest, publishedAt());
            transactions.add(committed(master(), publication, publishedAt(), attempts));
        }
    }

    private Committed committed(Site coordinator, Change change, Instant at, EnumMap<Site, Integer> attempts) {
        var attempt = attempts.merge(coordinator, 1, Integer::sum);
        var id = new TransactionId(change.subject(this.id), name(coordinator), attempt);
        return new Committed(id, ChangeText.write(change), at);
    }

    private static SiteName name(Site site) {
        return new SiteName(site.id());
    }

    private static Site site(SiteName name) {
        return Arrays.stream(Site.values())
                .filter(site -> site.id().equals(name.name()))
                .findFirst()
                .orElseThrow();
    }
}
