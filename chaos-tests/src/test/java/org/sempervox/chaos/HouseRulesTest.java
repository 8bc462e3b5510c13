package org.sempervox.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Black box rules for this module, and the rules over the sources of all modules. */
@AnalyzeClasses(packages = "org.sempervox.chaos", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final int MOST_LINES = 400;
    private static final Path PROJECT = Path.of("..");

    @ArchTest
    static final ArchRule PHONES_SHARE_NOTHING_WITH_THE_PRODUCT = noClasses()
            .that()
            .resideInAPackage("org.sempervox.chaos.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.sempervox.core..",
                    "org.sempervox.cluster..",
                    "org.sempervox.sip..",
                    "org.sempervox.media..",
                    "javax.sip..",
                    "gov.nist..");

    @Test
    void noSourceFileIsLongerThan400Lines() throws IOException {
        assertThat(sources(path -> true, lines -> lines.size() > MOST_LINES)).isEmpty();
    }

    @Test
    void noTestSleeps() throws IOException {
        String call = "Thread" + ".sleep(";
        assertThat(sources(
                        path -> path.toString().contains("/src/test/"),
                        lines -> lines.stream().anyMatch(line -> line.contains(call))))
                .isEmpty();
    }

    private static List<Path> sources(Predicate<Path> which, Predicate<List<String>> bad) throws IOException {
        var found = new ArrayList<Path>();
        int seen = 0;
        for (String module : List.of("core", "cluster-config", "sip-node", "media-node", "chaos-tests")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                        .filter(which)
                        .toList()) {
                    seen++;
                    if (bad.test(Files.readAllLines(file))) {
                        found.add(file);
                    }
                }
            }
        }
        assertThat(seen).as("source files looked at").isGreaterThan(20);
        return found;
    }
}
