package org.sempervox.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sempervox.sip", importOptions = ImportOption.DoNotIncludeTests.class)
class SipRulesTest {
    @ArchTest
    static final ArchRule VENDOR_ONLY_IN_CODEC = noClasses()
            .that()
            .resideOutsideOfPackage("org.sempervox.sip.codec")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.sempervox.sip.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
