package tutti.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/** Byteman in a JVM that runs already: neither the product nor the way it is started knows of it. */
final class SiteAgent {

    private static final String HERE = "127.0.0.1";
    private static final long SIGQUIT_BIT = 1L << 3 - 1;

    /** By the very process: a number alone may be given to another one later. */
    private static final Map<ProcessHandle, SiteAgent> LOADED = new HashMap<>();

    private final Submit submit;

    private SiteAgent(Submit submit) {
        this.submit = submit;
    }

    /** Loads Byteman into a process, for as long as that lives; only once, since it can be loaded but once. */
    static SiteAgent in(ProcessHandle process) {
        return LOADED.computeIfAbsent(process, SiteAgent::load);
    }

    private static SiteAgent load(ProcessHandle process) {
        var pid = process.pid();
        awaitReadinessForSignal(pid);
        try {
            var jar = Path.of(org.jboss.byteman.agent.Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var port = freePort();
            var jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                // Below all class loaders, since the classes of the deployed application have to see it.
                jvm.loadAgent(jar.toString(), "listener:true,address:%s,port:%d,boot:%s".formatted(HERE, port, jar));
            } finally {
                jvm.detach();
            }
            var silence = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            return new SiteAgent(new Submit(HERE, port, silence));
        } catch (IOException
                | URISyntaxException
                | AttachNotSupportedException
                | AgentLoadException
                | AgentInitializationException e) {
            throw new IllegalStateException("Byteman cannot be loaded into process " + pid, e);
        }
    }

    /** Attaching begins with a SIGQUIT, which is the end of every process that does not catch it, as a JVM does. */
    private static void awaitReadinessForSignal(long pid) {
        Soon.until("process " + pid + " catches SIGQUIT", () -> {
            try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
                var caught = lines.filter(line -> line.startsWith("SigCgt:"))
                        .map(line -> line.substring("SigCgt:".length()).trim())
                        .findFirst()
                        .orElseThrow();
                assertThat(Long.parseUnsignedLong(caught, 16) & SIGQUIT_BIT).isPositive();
            }
        });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void install(String name, String rules) {
        try {
            var said = submit.addScripts(List.of(new ScriptText(name, rules)));
            assertThat(said).as("Byteman on\n%s", rules).doesNotContainIgnoringCase("exception", "error");
        } catch (Exception e) {
            throw new IllegalStateException("Byteman does not take\n" + rules, e);
        }
    }

    void removeAll() {
        try {
            submit.deleteAllRules();
        } catch (Exception e) {
            throw new IllegalStateException("Byteman does not take its rules back", e);
        }
    }
}
