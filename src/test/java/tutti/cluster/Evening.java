package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static tutti.cluster.Site.WEST;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The people of one test of the pages, each with a phone near some site of the running cluster. A test class that asks for it
 * in its constructor has one browser for all its tests; after each of them the phones are put away, and all sites agree.
 */
final class Evening {

    private final RunningCluster cluster;
    private final Chromium chromium;
    private final List<Phone> phones = new ArrayList<>();

    /** Hands a new evening to the constructor of each test, and ends it after the test. */
    static final class Resolver implements ParameterResolver, AfterEachCallback {

        private static final Namespace EVENINGS = Namespace.create(Evening.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Evening.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var store = context.getStore(EVENINGS);
            var chromium = store.getOrComputeIfAbsent(Chromium.class, key -> Chromium.started(), Chromium.class);
            var evening = new Evening(RunningCluster.sharedBy(context), chromium);
            store.put(Evening.class, evening);
            return evening;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            var evening = context.getStore(EVENINGS).get(Evening.class, Evening.class);
            try {
                if (context.getExecutionException().isPresent()) {
                    evening.isKept(context.getRequiredTestMethod().getName());
                }
            } finally {
                evening.ends();
            }
        }
    }

    private Evening(RunningCluster cluster, Chromium chromium) {
        this.cluster = cluster;
        this.chromium = chromium;
    }

    /** Somebody comes whom no site knows yet. */
    Phone phone(Site site) {
        var phone = chromium.phone(cluster.url(site));
        phones.add(phone);
        return phone;
    }

    /** Olga, who runs the sites, at the console of one of them. */
    Phone operator(Site site) {
        var operator = phone(site);
        operator.opens("/admin");
        logsIn(operator, password());
        operator.sees("Olga at " + site);
        return operator;
    }

    void logsIn(Phone operator, String password) {
        operator.fills("Your name", "Olga");
        operator.fills("Password", password);
        operator.taps("Log in");
    }

    String password() {
        return Operator.password(cluster);
    }

    /** Somebody who comes near this site, and may be led to the others. */
    Phone traveller(Site site) {
        var phone = chromium.phone(
                cluster.url(site), Stream.of(Site.values()).map(cluster::url).toArray(URI[]::new));
        phones.add(phone);
        return phone;
    }

    /** Who these people are at whatever site: what nobody else may know. */
    List<String> secrets() {
        return phones.stream()
                .flatMap(phone -> Stream.of(Site.values()).map(cluster::url).map(phone::secretAt))
                .filter(secret -> !secret.isEmpty())
                .distinct()
                .toList();
    }

    /** The path of the page of a new event, which is open at all sites; its votes last for two minutes. */
    String event(String title) {
        return event(title, 120);
    }

    String event(String title, int votingSeconds) {
        return "/e/" + Guest.named("Host", cluster, WEST).creates(title, votingSeconds);
    }

    /** Waits until the page of an event that was created on a page is at all sites. */
    void isEverywhere(String event) {
        for (var site : Site.values()) {
            Soon.until("the event is at " + site, () -> stranger(site, event).is(200));
        }
    }

    /** What somebody without a past is answered. */
    Answer stranger(Site site, String path) {
        return Guest.send(HttpRequest.newBuilder(cluster.url(site).resolve(path)));
    }

    /** No console has complained, and nothing was asked of anybody but the phones' own sites. */
    void hadNoTroubles() {
        assertThat(phones).allSatisfy(phone -> assertThat(phone.troubles()).isEmpty());
    }

    /** The path of the public page of an event. */
    static String published(String event) {
        return event.replace("/e/", "/p/");
    }

    /** The path of the page of an event for a screen in the room. */
    static String wall(String event) {
        return event.replace("/e/", "/wall/");
    }

    /** What all phones show when a test has failed. */
    private void isKept(String test) {
        for (var phone : phones) {
            phone.isKept("failed-" + test + "-" + phones.indexOf(phone));
        }
    }

    private void ends() {
        phones.forEach(Phone::close);
        Invariants.hold(cluster);
    }
}
