package tutti;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must stay true of the house. */
@AnalyzeClasses(packages = "tutti", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Left to right as they may use each other; rooms on one floor do not know each other. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("guest", "api", "console", "peers"),
            List.of("site"),
            List.of("journal", "pictures", "launch"),
            List.of("verify"),
            List.of("replica"),
            List.of("event"),
            List.of("ballot"),
            List.of("montage"),
            List.of("photo"),
            List.of("commit"));

    private static final List<String> RULE_ROOMS = List.of("replica", "event", "ballot", "montage", "photo", "commit");

    private static final String[] RULES = packages(RULE_ROOMS.stream());

    @ArchTest
    static final ArchRule rules_know_only_the_basics_of_the_jdk = classes()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(Stream.concat(
                            Arrays.stream(RULES),
                            Stream.of(
                                    "java.lang",
                                    "java.lang.runtime",
                                    "java.util",
                                    "java.util.function",
                                    "java.util.regex",
                                    "java.util.stream",
                                    "java.time",
                                    "java.security",
                                    "java.nio.charset"))
                    .toArray(String[]::new))
            .because("a simulator lives through thousands of histories with the very rules that run in production");

    @ArchTest
    static final ArchRule rules_read_no_clock_throw_no_dice_and_start_nothing = noClasses()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .dependOnClassesThat(belongToAnyOf(
                    Clock.class,
                    Random.class,
                    SplittableRandom.class,
                    UUID.class,
                    Timer.class,
                    Thread.class,
                    ThreadLocal.class,
                    Runtime.class,
                    System.class,
                    Process.class))
            .orShould()
            .callMethodWhere(describe(
                    "asks for the time or for chance",
                    call -> calls(call, "java.time", "now") || calls(call, "java.lang", "random")))
            .because("now, ids and chance come in as arguments, so that one seed is one history");

    @ArchTest
    static final ArchRule rules_have_one_order = noClasses()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .dependOnClassesThat(belongToAnyOf(HashMap.class, HashSet.class))
            .orShould()
            .callMethodWhere(describe("makes a set or a map without an order", ArchitectureTest::isUnsorted))
            .because(
                    "Set.of and its like are ordered differently in every run of the JVM, and no seed could repeat that");

    @ArchTest
    static final ArchRule rooms_use_only_what_stands_to_their_right = arrows();

    @ArchTest
    static final ArchRule every_class_is_in_a_room = classes()
            .should()
            .resideInAnyPackage(packages(FLOORS.stream().flatMap(List::stream)))
            .because("a new room, or one below another, is a decision and starts in this list");

    @ArchTest
    static final ArchRule rows_stay_in_the_journal = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .areAnnotatedWith(Embeddable.class)
            .or()
            .areAnnotatedWith(MappedSuperclass.class)
            .should()
            .resideInAPackage("tutti.journal")
            .because("the rules and everything above them speak of replicas, and only the journal of tables");

    @ArchTest
    static final ArchRule nothing_is_owed_to_a_clock_of_the_day = noClasses()
            .that()
            .doNotHaveSimpleName("VotingDeadline")
            .and()
            .doNotHaveSimpleName("Housekeeping")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.ejb.TimerService")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.ejb.Schedule")
            .because(
                    "the container's timers wait for a time of day, and rest for as long as a clock is put back: only what"
                            + " the sweep does as well, or what can wait, is left to them");

    @ArchTest
    static final ArchRule json_comes_from_one_provider = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.json.Json")
            .because("each of its static methods looks for a provider again, through every archive of the container");

    @ArchTest
    static final ArchRule names_tell_the_mission = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Service|Manager|Utils?|Helper|Dto|DTO)")
            .because("the names on the shelf are to tell what the house is for");

    @ArchTest
    static final ArchRule nobody_talks_to_the_console = noClasses()
            .that(describe("are no commands", one -> one.tryGetMethod("main", String[].class)
                    .isEmpty()))
            .should(ACCESS_STANDARD_STREAMS)
            .because("operators read the log, where each line has its place; only a command answers its caller");

    private static ArchRule arrows() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("tutti..");
        for (var floor : FLOORS) {
            for (var room : floor) {
                layers = layers.optionalLayer(room).definedBy("tutti." + room);
            }
        }
        var right = new ArrayList<String>();
        for (var floor = FLOORS.size() - 1; floor >= 0; floor--) {
            var allowed = right.toArray(String[]::new);
            for (var room : FLOORS.get(floor)) {
                layers = allowed.length == 0
                        ? layers.whereLayer(room).mayNotAccessAnyLayer()
                        : layers.whereLayer(room).mayOnlyAccessLayers(allowed);
            }
            right.addAll(FLOORS.get(floor));
        }
        return layers.because("a reader who starts at the right meets nothing that is not explained yet");
    }

    private static boolean isUnsorted(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        var collection = owner.isEquivalentTo(Set.class) || owner.isEquivalentTo(Map.class);
        return (collection && List.of("of", "copyOf", "ofEntries").contains(call.getName()))
                || (owner.isEquivalentTo(Collectors.class)
                        && List.of("toSet", "toUnmodifiableSet", "toMap", "toUnmodifiableMap", "groupingBy")
                                .contains(call.getName()));
    }

    private static boolean calls(JavaAccess<?> call, String owner, String method) {
        return call.getTargetOwner().getPackageName().equals(owner)
                && call.getName().equals(method);
    }

    private static String[] packages(Stream<String> rooms) {
        return rooms.map(room -> "tutti." + room).toArray(String[]::new);
    }
}
