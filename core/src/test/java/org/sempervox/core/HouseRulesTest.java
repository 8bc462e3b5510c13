package org.sempervox.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEvent;
import org.sempervox.core.extension.ExtensionEvent;

@AnalyzeClasses(packages = "org.sempervox.core", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String PURE =
            ".*(Machine|Rules|Evolution|Owed|Command|Event|State|Memory|Messages|Dialog|Sdp)(\\$.*)?";

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_LIBRARY_OF_THE_EDGES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.sip..",
                    "gov.nist..",
                    "io.netty..",
                    "org.apache.pekko.http..",
                    "com.datastax..",
                    "org.sempervox.cluster..",
                    "org.sempervox.sip..",
                    "org.sempervox.media..",
                    "org.sempervox.console..",
                    "org.sempervox.chaos..");

    @ArchTest
    static final ArchRule MACHINES_ARE_PURE = noClasses()
            .that()
            .haveNameMatching(PURE)
            .and()
            .doNotHaveSimpleName("MediaCommand")
            .and()
            .haveNameNotMatching(".*MediaCommand\\$.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pekko..", "java.util.concurrent..", "java.net..", "java.nio.channels..");

    @ArchTest
    static final ArchRule MACHINES_READ_NO_CLOCK = noClasses()
            .that()
            .haveNameMatching(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("org.sempervox.core.(*)..").should().beFreeOfCycles();

    @Test
    void messagesAreSealedRecordsWithFrozenNames() {
        for (Class<?> root : List.of(CallEvent.class, CallCommand.class, ExtensionEvent.class)) {
            var listed = new HashSet<Class<?>>();
            for (JsonSubTypes.Type type : root.getAnnotation(JsonSubTypes.class).value()) {
                assertThat(type.name()).isNotBlank();
                listed.add(type.value());
            }
            assertThat(root.isSealed()).isTrue();
            assertThat(Arrays.asList(root.getPermittedSubclasses()))
                    .allMatch(Class::isRecord)
                    .allMatch(listed::contains);
        }
    }
}
