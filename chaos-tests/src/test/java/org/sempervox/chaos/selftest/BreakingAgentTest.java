package org.sempervox.chaos.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.core.extension.ExtensionEvent;
import org.sempervox.core.extension.ExtensionMachine;
import org.sempervox.core.extension.ExtensionState;

/** In a virtual machine of its own, as that is what an agent changes. */
class BreakingAgentTest {
    @TempDir
    Path folder;

    private record Ended(int exit, String said) {}

    private Ended run(String build) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(AgentJar.options(folder, build));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    /** Asks a product class what it does. */
    public static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            var removed = new ExtensionState.Removal("key", "call", 1, java.time.Instant.EPOCH);
            var before = new ExtensionState(java.util.Map.of(), List.of(removed), java.util.Set.of());
            ExtensionState next =
                    ExtensionMachine.evolve(before, new ExtensionEvent.SlotReserved(java.time.Instant.EPOCH, "call"));
            System.out.println("slots " + next.slots().size());
        }
    }

    @Test
    void aNodeIsTheBuildThatItIsTold() throws Exception {
        Ended broken = run("registration-forgotten");
        assertThat(broken.said())
                .contains("this is the build registration-forgotten")
                .contains("ExtensionMachine")
                .contains("slots 1");
        assertThat(broken.exit()).isZero();
        assertThat(run("healthy-kill").exit()).isZero();
    }

    @Test
    void aNodeThatCannotBeThatBuildDoesNotStart() throws Exception {
        Ended ended = run("no-such-build");
        assertThat(ended.exit()).isNotZero();
        assertThat(ended.said()).contains("no build is named no-such-build").doesNotContain("slots");
    }
}
