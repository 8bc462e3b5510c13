package org.sempervox.chaos.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sempervox.chaos.selftest.broken.LeftoverPort;
import org.sempervox.chaos.selftest.broken.Overwriting;
import org.sempervox.chaos.verdict.Verdict;

class BrokenBuildsTest {
    static final List<BrokenBuild> ALL = BrokenBuilds.all();
    private static final ClassFileLocator PRODUCT = ClassFileLocator.ForClassLoader.ofSystemLoader();

    /** All product classes anew, some of them changed, so that the virtual machine verifies these. */
    private static final class Changed extends ClassLoader {
        private final Map<String, byte[]> classes;

        Changed(Map<String, byte[]> classes) {
            super(BrokenBuildsTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null || !name.startsWith("org.sempervox.")) {
                    return loaded != null ? loaded : super.loadClass(name, resolve);
                }
                try {
                    byte[] file = classes.containsKey(name)
                            ? classes.get(name)
                            : PRODUCT.locate(name).resolve();
                    return defineClass(name, file, 0, file.length);
                } catch (java.io.IOException | IllegalStateException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void itsMethodsAreThereAndAreChanged(BrokenBuild build) throws Exception {
        Map<String, byte[]> changed = PatchedClasses.of(build.patches(), PRODUCT);
        assertThat(changed.isEmpty()).isEqualTo(build.isHealthy());
        var loader = new Changed(changed);
        for (Map.Entry<String, byte[]> one : changed.entrySet()) {
            assertThat(one.getValue()).isNotEqualTo(PRODUCT.locate(one.getKey()).resolve());
            assertThat(Class.forName(one.getKey(), true, loader).getClassLoader())
                    .isSameAs(loader);
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void itHasAScenarioWithAFaultAndCheckersThatExist(BrokenBuild build) throws Exception {
        assertThat(build.scenario(1).timeline()).hasSize(1);
        assertThat(Verdict.checkers()).containsAll(build.checkers());
        assertThat(build.checkers().isEmpty()).isEqualTo(build.isHealthy());
        assertThat(BrokenBuilds.named(build.name())).isEqualTo(build);
    }

    @Test
    void namesAreUnique() {
        assertThat(ALL.stream().map(BrokenBuild::name)).doesNotHaveDuplicates();
    }

    /** Two pieces of advice know more of the product than its methods' names. */
    @Test
    void whatAdviceTakesForGrantedIsSo() throws Exception {
        assertThat(Class.forName("org.sempervox.media.relay.Packet")
                        .getDeclaredField("data")
                        .getType())
                .isEqualTo(ByteBuffer.class);
        String statements = new String(
                PRODUCT.locate("org.sempervox.cluster.store.h2.EventTable").resolve(), StandardCharsets.ISO_8859_1);
        assertThat(statements).contains("INSERT INTO event (persistence_id");
        assertThat(Overwriting.merging("INSERT INTO event (a) VALUES (1)"))
                .isEqualTo("MERGE INTO event (a) VALUES (1)");
        assertThat(Overwriting.merging("SELECT 1")).isEqualTo("SELECT 1");
    }

    @Test
    void aMethodThatIsNotThereIsNoticed() {
        var patch = new Patch("org.sempervox.media.relay.RelayLeg", "shut", 0, LeftoverPort.class);
        assertThatThrownBy(() -> PatchedClasses.of(List.of(patch), PRODUCT))
                .hasMessageContaining("RelayLeg.shut/0 is there 0 times");
        var gone = new Patch("org.sempervox.media.relay.Leg", "close", 0, LeftoverPort.class);
        assertThatThrownBy(() -> PatchedClasses.of(List.of(gone), PRODUCT))
                .hasMessageContaining("org.sempervox.media.relay.Leg");
    }
}
