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

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_CASSANDRA = noClasses()
            .that()
            .resideOutsideOfPackage("org.sempervox.cluster.store.cassandra")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.datastax..");

    @ArchTest
    static final ArchRule THE_STORE_KNOWS_NO_BACKEND = noClasses()
            .that()
            .resideInAPackage("org.sempervox.cluster.store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sempervox.cluster.store.h2", "org.sempervox.cluster.store.cassandra");
}
