package org.sempervox.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Media knows the core and the cluster, and nothing of SIP. */
@AnalyzeClasses(packages = "org.sempervox.media", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule MEDIA_KNOWS_NO_SIGNALLING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.sempervox.sip..",
                    "org.sempervox.console..",
                    "org.sempervox.chaos..",
                    "javax.sip..",
                    "gov.nist..");
}
