package tutti.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Compares the sites that standard input names, one a line: name, JDBC URL, user, password and folder of photos, with tabs
 * between; there nobody else can read the passwords. Exits with 0 when all are equal, with 1 when they differ, and with 2 when
 * that cannot be found out.
 */
public final class VerifyCommand {

    /** What is decided is told within moments while all sites are up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private VerifyCommand() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            var stores = stores();
            var verification = settled(() -> Verification.of(stores));
            verification.summary().forEach(System.out::println);
            verification.differences().forEach(System.out::println);
            if (verification.differences().isEmpty()) {
                System.out.println("All sites are equal." + stillUnderWay(verification));
            } else {
                System.out.println(verification.differences().size() + " differences." + stillUnderWay(verification));
                System.exit(1);
            }
        } catch (StoreUnreadable e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }

    private static List<SiteStore> stores() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return in.lines()
                    .map(line -> line.split("\t", -1))
                    .map(words -> new SiteStore(words[0], words[1], words[2], words[3], Path.of(words[4])))
                    .toList();
        }
    }

    /** Looks again while sites differ and something is on its way: in a cluster at work some moment always differs. */
    private static Verification settled(Supplier<Verification> look) throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        var verification = look.get();
        while (!verification.differences().isEmpty()
                && !verification.underWay().isEmpty()
                && Instant.now().isBefore(until)) {
            Thread.sleep(500);
            verification = look.get();
        }
        return verification;
    }

    private static String stillUnderWay(Verification verification) {
        var count = verification.underWay().size();
        return count == 0
                ? ""
                : " " + count + " things are under way, the first: "
                        + verification.underWay().get(0) + ".";
    }
}
