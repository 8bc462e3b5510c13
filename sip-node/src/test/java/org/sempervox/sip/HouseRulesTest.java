package org.sempervox.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The vendor's parser stays in the packages that touch the wire; signalling knows nothing of media. */
@AnalyzeClasses(packages = "org.sempervox.sip", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule VENDOR_ONLY_AT_THE_WIRE = noClasses()
            .that()
            .resideOutsideOfPackages("org.sempervox.sip.codec", "org.sempervox.sip.stack")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule SIGNALLING_KNOWS_NO_MEDIA = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.sempervox.media..", "org.sempervox.console..", "org.sempervox.chaos..", "io.netty..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.sempervox.sip.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
