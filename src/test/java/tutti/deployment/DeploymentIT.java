package tutti.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tutti.ballot.AbortReason;
import tutti.ballot.Ballot;
import tutti.ballot.Choice;
import tutti.commit.BrokenInvariant;
import tutti.commit.SiteName;
import tutti.event.EventDetails;
import tutti.event.EventId;
import tutti.event.Phase;
import tutti.event.Refusal;
import tutti.journal.Focus;
import tutti.journal.GivenUp;
import tutti.journal.ReplicaJournal;
import tutti.montage.Style;
import tutti.photo.ContributorId;
import tutti.photo.Photo;
import tutti.photo.Sha256;
import tutti.pictures.BadPicture;
import tutti.pictures.MontageSize;
import tutti.pictures.PhotoFiles;
import tutti.replica.VoteAnswer;
import tutti.site.EventDesk;
import tutti.site.EventView;
import tutti.site.EventWish;
import tutti.site.PhotoDesk;
import tutti.site.Shredder;
import tutti.site.UploadAnswer;

/** The war in Payara Micro on MariaDB, from the inside and from the outside. */
@ExtendWith(ArquillianExtension.class)
@Tag("one-site")
class DeploymentIT extends JournalRaces {

    private static final String CREATED =
            "tutti_transactions_total{kind=\"create\",mp_scope=\"application\",outcome=\"committed\"";
    private static final String HSTS = "Strict-Transport-Security";
    private static final ContributorId ANA = ContributorId.ofCookie("ana");
    private static final ContributorId BEN = ContributorId.ofCookie("ben");

    @Inject
    private ReplicaJournal journal;

    @Inject
    private EventDesk events;

    @Inject
    private PhotoDesk photos;

    @Inject
    private PhotoFiles files;

    @Inject
    private Shredder shredder;

    @Deployment
    static WebArchive war() throws IOException, InterruptedException {
        LoneSite.prepare();
        return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
                .importFrom(new File("target/tutti.war"))
                .as(WebArchive.class)
                .addClasses(JournalLocks.class, JournalRaces.class)
                .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @RunAsClient
    void the_war_says_what_it_is_made_of() throws IOException {
        try (var war = new ZipFile("target/tutti.war");
                var listed = Json.createReader(
                        war.getInputStream(war.getEntry("WEB-INF/classes/META-INF/sbom/tutti.cdx.json")))) {
            var parts = listed.readObject().getJsonArray("components").getValuesAs(JsonObject.class).stream()
                    .map(part -> part.getString("name") + "-" + part.getString("version") + ".jar");
            var libraries = war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("WEB-INF/lib/".length()).replace("-jakarta.jar", ".jar"));
            assertThat(parts).containsExactlyInAnyOrderElementsOf(libraries.toList());
        }
    }

    // JPA on MariaDB

    @Test
    void a_step_is_on_disk_when_it_returns_and_a_failed_one_leaves_nothing() {
        var event = open("Journal", 60);
        var before = journal.look(event.id()).orElseThrow();

        assertThatThrownBy(() -> journal.update(event.id(), Focus.live(), (replica, now) -> {
                    replica.castVote(ANA, Choice.ACCEPT, 1, replica.version().digest(), now);
                    throw new BrokenInvariant("on purpose");
                }))
                .isInstanceOf(BrokenInvariant.class);

        assertThat(journal.look(event.id()).orElseThrow().revision()).isEqualTo(before.revision());
        assertThat(journal.ballots(event.id())).isEmpty();
    }

    @Test
    void steps_that_race_for_one_event_run_one_after_the_other() throws Exception {
        var id = new EventId("racing-steps-----------".substring(0, 22));
        var racers = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 40; i++) {
            var who = ContributorId.ofCookie("racer " + i);
            racers.add(() -> journal.update(id, Focus.live(), (replica, now) -> {
                        var first = replica.event().phase() == Phase.ABSENT;
                        if (first) {
                            replica.create(details(who, now), now);
                        }
                        return first;
                    })
                    .answer());
        }

        var threads = Executors.newFixedThreadPool(8);
        var winners = 0;
        try {
            for (var racer : threads.invokeAll(racers)) {
                winners += racer.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(winners).isEqualTo(1);
    }

    private static EventDetails details(ContributorId who, Instant now) {
        return new EventDetails("Race", "", 10, 60, Style.PLAIN, new SiteName("west"), who, now);
    }

    // The whole mission at a site that is alone

    @Test
    void a_unanimous_ballot_publishes_the_montage() throws IOException, BadPicture {
        var event = open("Unanimous", 60);
        upload(event, ANA, 0x336699);
        upload(event, BEN, 0x993366);
        var view = events.view(event.id(), ANA).orElseThrow();

        assertThat(vote(view, ANA)).isInstanceOf(VoteAnswer.Stored.class);
        assertThat(vote(view, ANA)).isInstanceOf(VoteAnswer.Repeated.class);
        assertThat(vote(view, BEN)).isInstanceOf(VoteAnswer.Stored.class);

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        events.view(event.id(), BEN).orElseThrow().status())
                .isEqualTo(EventView.Status.PUBLISHED));
        assertThat(events.published(Optional.empty(), 10, ContributorId.ofCookie("anybody")))
                .extracting(EventView::id)
                .contains(event.id());

        var stranger = ContributorId.ofCookie("anybody");
        assertThat(events.takeDown(event.id(), stranger).refusal()).contains(Refusal.NOT_A_CONTRIBUTOR);
        assertThat(events.takeDown(event.id(), BEN).value()).isTrue();
        assertThat(events.takeDown(event.id(), ANA).value()).isTrue();
        assertThat(events.published(Optional.empty(), 10, BEN))
                .extracting(EventView::id)
                .doesNotContain(event.id());
        assertThat(events.view(event.id(), stranger)).isEmpty();
        assertThat(events.view(event.id(), BEN).orElseThrow().status()).isEqualTo(EventView.Status.TAKEN_DOWN);
        assertThat(photos.montage(event.id(), BEN, MontageSize.FULL).refusal()).contains(Refusal.NOT_FOUND);
    }

    @Test
    void a_photo_goes_before_a_ballot_and_may_come_again() throws IOException, BadPicture {
        var event = open("Second thoughts", 60);
        upload(event, ANA, 0x445566);
        var photo =
                events.view(event.id(), ANA).orElseThrow().you().photos().get(0).photo();

        assertThat(photos.withdraw(event.id(), photo.id(), BEN)).contains(Refusal.NOT_FOUND);
        assertThat(photos.withdraw(event.id(), photo.id(), ANA)).isEmpty();
        assertThat(journal.look(event.id()).orElseThrow().replica().photos()).isEmpty();
        assertThat(photos.withdraw(event.id(), photo.id(), ANA)).contains(Refusal.NOT_FOUND);

        upload(event, ANA, 0x445566);
        var again = events.view(event.id(), ANA).orElseThrow();
        assertThat(again.you().photos()).extracting(view -> view.photo().id()).containsExactly(photo.id());
        assertThat(again.version().number()).isEqualTo(3);

        vote(again, ANA);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        photos.withdraw(event.id(), photo.id(), ANA))
                .contains(Refusal.PUBLISHED));
    }

    @Test
    void erased_bytes_go_at_once_and_once_more_unless_somebody_else_has_sent_the_same() throws IOException, BadPicture {
        var event = open("Erased", 60);
        upload(event, BEN, 0x99aabb);
        var own = onlyPhotoOf(BEN, event).picture().sha256();
        upload(event, ANA, 0x778899);
        var shared = onlyPhotoOf(ANA, event).picture().sha256();
        upload(event, BEN, 0x778899);
        photos.montage(event.id(), BEN, MontageSize.FULL);
        var bytes = bytesOf(own);

        assertThat(events.erase(event.id(), BEN).value()).isTrue();
        assertThat(events.erase(event.id(), BEN).value()).isTrue();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !files.exists(own.hex()));
        assertThat(files.exists(shared.hex())).isTrue();
        assertThat(events.view(event.id(), BEN).orElseThrow().you().erasure()).contains(EventView.Erasure.DONE);
        assertThat(journal.givenUp(1_000)).contains(new GivenUp(event.id(), own));
        try (var received = files.receive(new ByteArrayInputStream(bytes), 1_000_000)) {
            assertThat(photos.upload(event.id(), BEN, "", "", received))
                    .isEqualTo(new UploadAnswer.Refused(Refusal.ERASED));
            files.keep(received);
        }

        shredder.shred();

        assertThat(files.exists(own.hex())).as("what a crash has left").isFalse();
        assertThat(files.exists(shared.hex())).isTrue();
    }

    private Photo onlyPhotoOf(ContributorId who, EventView event) {
        var own = events.view(event.id(), who).orElseThrow().you().photos();
        assertThat(own).hasSize(1);
        return own.get(0).photo();
    }

    private byte[] bytesOf(Sha256 photo) throws IOException {
        try (var in = files.open(photo.hex())) {
            return in.readAllBytes();
        }
    }

    @Test
    void the_timer_ends_a_ballot_that_somebody_does_not_answer() throws IOException, BadPicture {
        var event = open("Timer", 5);
        upload(event, ANA, 0x112233);
        upload(event, BEN, 0x332211);
        var view = events.view(event.id(), ANA).orElseThrow();

        vote(view, ANA);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(journal.ballots(event.id()))
                .singleElement()
                .satisfies(ballot -> {
                    assertThat(ballot.state()).isEqualTo(Ballot.State.ABORTED);
                    assertThat(ballot.reason()).contains(AbortReason.TIMEOUT);
                    assertThat(Duration.between(
                                    ballot.openedAt().orElseThrow(),
                                    ballot.endedAt().orElseThrow()))
                            .isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(12));
                }));
        assertThat(events.view(event.id(), ANA).orElseThrow().ballotNumber()).isEqualTo(2);
    }

    private EventView open(String title, int votingSeconds) {
        var event = events.create(
                ANA, new EventWish(title, "", Optional.empty(), Optional.of(votingSeconds), EventWish.Looks.USUAL));
        assertThat(event.status()).isEqualTo(EventView.Status.OPEN);
        return event;
    }

    private void upload(EventView event, ContributorId who, int colour) throws IOException, BadPicture {
        var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        for (var x = 0; x < 640; x++) {
            image.setRGB(x, x * 3 / 4, colour);
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        try (var received = files.receive(new ByteArrayInputStream(bytes.toByteArray()), 1_000_000)) {
            assertThat(photos.upload(event.id(), who, "", "", received)).isInstanceOf(UploadAnswer.Added.class);
        }
    }

    private VoteAnswer vote(EventView view, ContributorId who) {
        return events.vote(
                view.id(),
                who,
                Choice.ACCEPT,
                view.ballotNumber(),
                view.version().digest());
    }

    // From the outside

    @Test
    @RunAsClient
    void rest_creates_an_event_and_its_page_shows_it(@ArquillianResource URL site) throws Exception {
        var created = send(HttpRequest.newBuilder(site.toURI().resolve("/api/v1/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"<b>Bold</b> & brave\"}")));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly");
        var id = created.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
        var page = send(HttpRequest.newBuilder(site.toURI().resolve("/e/" + id)));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("&lt;b&gt;Bold&lt;/b&gt; &amp; brave").doesNotContain("<b>Bold");
    }

    @Test
    @RunAsClient
    void behind_a_proxy_that_ends_https_browsers_are_held_to_it(@ArquillianResource URL site) throws Exception {
        var plain = send(HttpRequest.newBuilder(site.toURI().resolve("/")));
        var behind = send(HttpRequest.newBuilder(site.toURI().resolve("/")).header("X-Forwarded-Proto", "https"));

        assertThat(plain.headers().firstValue(HSTS)).isEmpty();
        assertThat(behind.headers().firstValue(HSTS)).hasValue("max-age=31536000");
        assertThat(behind.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
    }

    @Test
    @RunAsClient
    void metrics_count_what_was_decided_and_tell_what_is_owed(@ArquillianResource URL site) throws Exception {
        var before = metric(site, CREATED);
        send(HttpRequest.newBuilder(site.toURI().resolve("/api/v1/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"Counted\"}")));

        assertThat(metric(site, CREATED)).isEqualTo(before + 1);
        assertThat(metric(site, "tutti_database_up{")).isEqualTo(1);
        assertThat(metric(site, "tutti_disk_free_bytes{")).isPositive();
        assertThat(metric(site, "tutti_transactions_in_doubt{")).isZero();
    }

    private static double metric(URL site, String start) throws Exception {
        var all = send(HttpRequest.newBuilder(site.toURI().resolve("/metrics"))).body();
        return all.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    @RunAsClient
    void health_says_ready_and_strangers_are_kept_from_the_internal_api(@ArquillianResource URL site) throws Exception {
        assertThat(send(HttpRequest.newBuilder(site.toURI().resolve("/health/ready")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(site.toURI().resolve("/internal/v1/ping")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @RunAsClient
    void whoever_asks_for_too_much_is_told_to_wait_and_nobody_else_is(@ArquillianResource URL site) throws Exception {
        var first = send(HttpRequest.newBuilder(site.toURI().resolve("/")));
        var cookie = first.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");

        assertThat(refusedFrom(site, 200, "203.0.113.1", "Cookie", cookie)).isPresent();
        assertThat(refusedPage(site, 200, "203.0.113.1", cookie))
                .contains("That was a lot at once", "Please try again in 1 minute.");
        assertThat(refusedFrom(site, 60, "203.0.113.1")).as("a neighbour").isEmpty();
        assertThat(refusedFrom(site, 2_000, "203.0.113.2")).isPresent();
        assertThat(refusedFrom(site, 300, "198.51.100.9, 203.0.113.2"))
                .as("the same, whatever it says of itself")
                .isPresent();
    }

    /** Which of so many requests was the first to be told to wait. */
    private static OptionalInt refusedFrom(URL site, int requests, String address, String... headers) throws Exception {
        var takeDown = site.toURI().resolve("/api/v1/events/AAAAAAAAAAAAAAAAAAAAAA/publication");
        for (var i = 0; i < requests; i++) {
            var request = HttpRequest.newBuilder(takeDown).DELETE().header("X-Forwarded-For", address);
            var answer = send(headers.length == 0 ? request : request.headers(headers));
            if (answer.statusCode() == 429) {
                assertThat(answer.body()).contains("too-many-requests", "Please try again in");
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 60L);
                return OptionalInt.of(i);
            }
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        return OptionalInt.empty();
    }

    /** What a form is answered with, at the latest after so many. */
    private static String refusedPage(URL site, int requests, String address, String cookie) throws Exception {
        for (var i = 0; i < requests; i++) {
            var answer = send(HttpRequest.newBuilder(site.toURI().resolve("/e/AAAAAAAAAAAAAAAAAAAAAA"))
                    .POST(BodyPublishers.noBody())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-Forwarded-For", address)
                    .header("Cookie", cookie));
            if (answer.statusCode() == 429) {
                return answer.body();
            }
        }
        return "";
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
