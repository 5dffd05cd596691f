package tutti.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tutti.verify.SiteStore;

/**
 * Four real sites on ports and data of their own, run by {@code run-cluster.sh} as anybody would. Started for the first test
 * class that asks for them, shared by all, and stopped when the last test is over, or when this JVM ends before.
 */
public final class RunningCluster implements AutoCloseable {

    /** Options for sites that are killed all the time: they never earn what C2 spends on their code, half of a start. */
    public static final String SHORT_LIVES = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** Nothing is traced but what comes in with a trace already, so it costs nothing until somebody asks for it. */
    private static final String TRACES =
            """

            otel.sdk.disabled=false
            otel.exporter.otlp.protocol=http/protobuf
            otel.exporter.otlp.endpoint=http://127.0.0.1:%d
            otel.traces.sampler=parentbased_always_off
            otel.bsp.schedule.delay=200
            """;

    private static final Duration START_MOST = Duration.ofMinutes(6);
    private static final Duration STOP_MOST = Duration.ofMinutes(3);

    private final Script script;
    private final Map<Site, SitePorts> ports;
    private final Map<Site, SiteDatabase> databases = new EnumMap<>(Site.class);
    private final Set<Site> disturbed = EnumSet.noneOf(Site.class);
    private final Set<Site> paused = EnumSet.noneOf(Site.class);
    private final StepLogs stepLogs = new StepLogs(this);
    private final List<Link> links = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(RunningCluster::daemon);
    private int collector;
    private final Thread hook = new Thread(this::stopAll);

    /** Hands the one cluster to constructors of test classes that ask for it. */
    public static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningCluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return sharedBy(context);
        }
    }

    /** The one cluster of all test classes, started for the first that asks. */
    static RunningCluster sharedBy(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(RunningCluster.class, key -> RunningCluster.started(), RunningCluster.class);
    }

    private RunningCluster(Script script, Map<Site, SitePorts> ports) {
        this.script = script;
        this.ports = ports;
    }

    private static RunningCluster started() {
        var cluster = configured();
        cluster.script.surroundByDefault("TUTTI_JAVA_OPTS", SHORT_LIVES);
        cluster.collector = ClusterConfig.freePortBeside(cluster.ports.values());
        for (var site : Site.values()) {
            cluster.configure(site, TRACES.formatted(cluster.collector));
        }
        cluster.startAll();
        return cluster;
    }

    /** What these two ask of each other goes through this JVM from now on, where the line can be cut. Both start again. */
    void link(Site one, Site other) {
        try {
            for (var link : List.of(linkOf(one, other), linkOf(other, one))) {
                links.add(link);
                findsAt(link.from(), link.to(), link.url());
            }
        } catch (IOException e) {
            throw new IllegalStateException("there is no port for a link", e);
        }
        startAgain(one, other);
    }

    private Link linkOf(Site from, Site to) throws IOException {
        return new Link(from, to, internalUrl(to), threads, new Random(0));
    }

    /** All links that tests have made are gone, and the sites reach each other as usual. */
    void unlink() {
        try {
            for (var link : links) {
                findsAt(link.from(), link.to(), internalUrl(link.to()));
                link.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a link cannot be closed", e);
        }
        startAgain(links.stream().map(Link::from).toArray(Site[]::new));
        links.clear();
    }

    /** The one site finds the other here from now on, for which it starts again. */
    void leads(Site from, Site to, URI url) {
        findsAt(from, to, url);
        startAgain(from);
    }

    private void findsAt(Site site, Site peer, URI url) {
        configure(site, "%ntutti.site.%s.internal-url=%s%n".formatted(peer, url));
    }

    private void startAgain(Site... sites) {
        List.of(sites).forEach(this::stop);
        script.call(START_MOST, "start");
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "link");
        thread.setDaemon(true);
        return thread;
    }

    /** Configured and not yet started, so that its configuration and its surroundings can be changed. */
    public static RunningCluster configured() {
        try {
            var script = new Script("cluster");
            var cluster = new RunningCluster(script, ClusterConfig.written(script.config()));
            Runtime.getRuntime().addShutdownHook(cluster.hook);
            return cluster;
        } catch (IOException e) {
            throw new IllegalStateException("the cluster's folders cannot be made", e);
        }
    }

    /** Where the sites send their traces: nobody listens there until a test does. */
    int collector() {
        return collector;
    }

    /** Adds to a site's own configuration. */
    public void configure(Site site, String properties) {
        try {
            Files.writeString(script.config().resolve(site + ".properties"), properties, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException("the configuration of " + site + " cannot be written", e);
        }
    }

    /** Adds to the environment in which {@code run-cluster.sh} is called. */
    public void surround(String variable, String value) {
        script.surround(variable, value);
    }

    /** Starts what is missing of all sites, and returns when they are ready. */
    public void startAll() {
        try {
            script.call(START_MOST, "start");
            for (var site : Site.values()) {
                databases.put(site, SiteDatabase.of(site, ports.get(site).database(), script.data()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the cluster's secrets cannot be read", e);
        }
    }

    /** Where browsers, tests and other users reach a site; no slash at the end. */
    public URI url(Site site) {
        return URI.create("http://" + site.host() + ":" + ports.get(site).users());
    }

    /** Where the other sites reach a site. */
    public URI internalUrl(Site site) {
        return URI.create("http://localhost:" + ports.get(site).peers());
    }

    public SiteDatabase database(Site site) {
        return databases.get(site);
    }

    Collection<SiteDatabase> databases() {
        return databases.values();
    }

    /** Where all sites keep what they have. */
    public List<SiteStore> stores() {
        return databases.values().stream()
                .map(database -> database.store(photos(database.site())))
                .toList();
    }

    /** Where a site's data, logs and process numbers are. */
    public Path folder(Site site) {
        return script.data().resolve(site.id());
    }

    Path photos(Site site) {
        return script.data().resolve(site.id()).resolve("photos");
    }

    Path secrets() {
        return script.data().resolve("secrets.properties");
    }

    /** SIGKILL to an instance; its database stays. */
    public void kill(Site site) {
        disturbed.add(site);
        script.call(STOP_MOST, "kill", site.id());
    }

    /** SIGKILL to all instances and databases, as close together as one call can do it. */
    public void killEverything() {
        disturbed.addAll(EnumSet.allOf(Site.class));
        var processes = Stream.of(Site.values()).map(this::processes).toList();
        signal("KILL", processes.stream().flatMapToLong(SiteProcesses::pids));
        processes.stream().flatMapToLong(SiteProcesses::pids).forEach(SiteProcesses::awaitEnd);
        paused.clear();
    }

    /** SIGKILL to a database; its instance stays. */
    void killDatabase(Site site) {
        disturbed.add(site);
        script.call(STOP_MOST, "kill-db", site.id());
    }

    /** Stops an instance in the middle of whatever it does, as a machine that swaps or a network that hangs would. */
    void pause(Site site) {
        paused.add(site);
        signal("STOP", LongStream.of(processes(site).instance()));
    }

    void resume(Site site) {
        signal("CONT", LongStream.of(processes(site).instance()));
        paused.remove(site);
    }

    /** Nothing passes over any link any more, as if a network had come apart. */
    void cutLinks() {
        links.forEach(link -> link.become(Weather.CUT));
    }

    /** Another instance of a running site, for as long as it is not closed. */
    public SecondInstance secondInstance(Site site) {
        return SecondInstance.beside(processes(site).instance(), folder(site));
    }

    /** Starts what is missing of a site, and returns when it is ready. */
    public void start(Site site) {
        script.call(START_MOST, "start", site.id());
        disturbed.remove(site);
    }

    /** Stops instance and database of a site in good order. */
    public void stop(Site site) {
        disturbed.add(site);
        script.call(STOP_MOST, "stop", site.id());
    }

    /** Both processes of a site die, and all that it had is gone. */
    void loseDisk(Site site) {
        stepLogs.judgeForTheLastTime();
        kill(site);
        killDatabase(site);
        try (var files = Files.walk(folder(site))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the disk of " + site + " does not get lost", e);
        }
    }

    /** Makes a site that has lost its disk again, and returns what the operator was told. */
    String rebuild(Site site) {
        return withAnotherDatabase(site, () -> script.call(START_MOST, "rebuild", site.id(), "--yes"));
    }

    /** As {@link #start(Site)}, for a site that does not have the database any more that it had before. */
    String startWithAnotherDatabase(Site site) {
        return withAnotherDatabase(site, () -> script.call(START_MOST, "start", site.id()));
    }

    /** Copies a running site into a new folder. */
    void backUp(Site site, Path copy) {
        script.call(STOP_MOST, "backup", site.id(), copy.toString());
    }

    /** Brings such a copy back, and returns what the operator was told. */
    String restore(Site site, Path copy) {
        stepLogs.judgeForTheLastTime();
        return withAnotherDatabase(site, () -> script.call(START_MOST, "restore", site.id(), copy.toString(), "--yes"));
    }

    private String withAnotherDatabase(Site site, Supplier<String> call) {
        var said = call.get();
        disturbed.remove(site);
        try {
            databases.put(site, SiteDatabase.of(site, ports.get(site).database(), script.data()));
        } catch (IOException e) {
            throw new IllegalStateException("the secrets of " + site + " cannot be read", e);
        }
        return said;
    }

    /** Mends whatever a test has cut, and starts what it has killed or paused and not started again. */
    void everybodyUp() {
        links.forEach(link -> link.become(Weather.CLEAR));
        List.copyOf(paused).forEach(this::resume);
        if (!disturbed.isEmpty()) {
            script.call(START_MOST, "start");
            disturbed.clear();
        }
    }

    /** A process of this site has been killed by something else than this cluster's own methods. */
    void hasLostAProcess(Site site) {
        disturbed.add(site);
    }

    /** As {@code run-cluster.sh} has noted them when it started them. */
    public SiteProcesses processes(Site site) {
        return new SiteProcesses(pid(site, "instance"), pid(site, "db"));
    }

    private long pid(Site site, String kind) {
        try {
            return Long.parseLong(Files.readString(folder(site).resolve("run/" + kind + ".pid"))
                    .trim());
        } catch (IOException e) {
            throw new IllegalStateException("the " + kind + " of " + site + " does not run", e);
        }
    }

    /** What a site's instance holds in its heap and cannot give up, in bytes; to count it is a full collection. */
    public long liveBytes(Site site) {
        var instance = processes(site).instance();
        var java = ProcessHandle.of(instance).flatMap(process -> process.info().command());
        var jcmd = Path.of(java.orElseThrow()).resolveSibling("jcmd").toString();
        var lines = script.run(STOP_MOST, List.of(jcmd, Long.toString(instance), "GC.class_histogram"))
                .strip()
                .split("\n");
        var total = lines[lines.length - 1].trim().split("\\s+");
        if (!total[0].equals("Total")) {
            throw new IllegalStateException("jcmd says something else: " + lines[lines.length - 1]);
        }
        return Long.parseLong(total[2]);
    }

    /** What the latest instances of a site have logged, a second one beside them included. */
    public List<Path> logs(Site site) {
        var logs = new ArrayList<Path>();
        for (var name : List.of("log", SecondInstance.FOLDER)) {
            var folder = folder(site).resolve(name);
            if (Files.exists(folder)) {
                try (var files = Files.newDirectoryStream(folder, "server.?.log")) {
                    files.forEach(logs::add);
                } catch (IOException e) {
                    throw new IllegalStateException("the logs of " + site + " cannot be found", e);
                }
            }
        }
        return logs;
    }

    StepLogs stepLogs() {
        return stepLogs;
    }

    private void signal(String name, LongStream pids) {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        pids.mapToObj(Long::toString).forEach(command::add);
        script.run(STOP_MOST, command);
    }

    @Override
    public void close() {
        stopAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** Stops all sites and deletes all that they have. */
    public void reset() {
        script.call(STOP_MOST, "reset", "--yes");
    }

    /** An orderly stop of all sites at once. */
    public void stopAll() {
        List.copyOf(paused).forEach(this::resume);
        script.call(STOP_MOST, "stop");
    }
}
