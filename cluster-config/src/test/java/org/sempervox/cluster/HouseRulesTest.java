package org.sempervox.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The roles find this module, it does not know them. */
@AnalyzeClasses(packages = "org.sempervox.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule CLUSTER_KNOWS_NO_ROLE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.sempervox.sip..",
                    "org.sempervox.media..",
                    "org.sempervox.console..",
                    "org.sempervox.chaos..",
                    "javax.sip..",
                    "gov.nist..",
                    "io.netty..");
}
