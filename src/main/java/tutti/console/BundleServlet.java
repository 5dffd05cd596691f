package tutti.console;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import tutti.journal.AuditLog;
import tutti.journal.StorageUnavailable;
import tutti.site.ClientAddress;
import tutti.site.SiteConfig;

/** Gives an operator the {@link Bundle} of this site, also where its database is out of reach. */
public class BundleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LOGS_MOST = 3;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Inject
    private transient SitesPage sites;

    @Inject
    private transient SiteConfig config;

    @Inject
    private transient AuditLog audit;

    @Inject
    private transient ClientAddress addresses;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var noted = note(request);
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"tutti-" + config.self() + "-" + STAMP.format(Instant.now()) + ".zip\"");
        var bundle = new Bundle(response.getOutputStream());
        bundle.add(
                "overview.txt",
                Bundle.overview(sites.getAt(), sites.getVerdict(), sites.getCards(), sites.getDoubts())
                        + (noted ? "" : "\nThe audit log is out of reach with the database of this site.\n"));
        bundle.add("machine.txt", machine());
        bundle.add("threads.txt", threads());
        bundle.addLogs(logs());
        bundle.finish();
    }

    private boolean note(HttpServletRequest request) {
        try {
            audit.add(request.getRemoteUser(), addresses.of(request), "diagnosis bundle", "of this site");
            return true;
        } catch (StorageUnavailable e) {
            return false; // it changes nothing, and this is when it is needed most
        }
    }

    private static String machine() {
        var java = ManagementFactory.getRuntimeMXBean();
        var memory = ManagementFactory.getMemoryMXBean();
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.join(
                "\n",
                java.getVmName() + " " + java.getVmVersion() + ", up since "
                        + Instant.ofEpochMilli(java.getStartTime()),
                system.getName() + " " + system.getVersion() + ", " + system.getAvailableProcessors()
                        + " processors, load " + system.getSystemLoadAverage(),
                "heap: " + memory.getHeapMemoryUsage(),
                "outside the heap: " + memory.getNonHeapMemoryUsage(),
                "");
    }

    private static String threads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
                .map(BundleServlet::text)
                .collect(Collectors.joining());
    }

    /** With its whole stack, of which the thread's own text leaves most out. */
    private static String text(ThreadInfo thread) {
        return "\"" + thread.getThreadName() + "\" " + thread.getThreadState()
                + Optional.ofNullable(thread.getLockName())
                        .map(lock -> " on " + lock + " of " + thread.getLockOwnerName())
                        .orElse("")
                + Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining())
                + "\n\n";
    }

    /** The latest, where they are written to files. */
    private static List<Path> logs() throws IOException {
        var pattern = LogManager.getLogManager().getProperty("java.util.logging.FileHandler.pattern");
        if (pattern == null) {
            return List.of();
        }
        var first = Path.of(pattern.replace("%g", "0"));
        try (var files = Files.list(first.getParent())) {
            return files.filter(file -> file.getFileName().toString().matches("server\\.\\d+\\.log"))
                    .sorted()
                    .limit(LOGS_MOST)
                    .toList();
        }
    }
}
