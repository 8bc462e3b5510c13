package org.sempervox.chaos.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.core.extension.Binding;
import org.sempervox.core.extension.ExtensionEvent;
import org.sempervox.core.extension.ExtensionMachine;
import org.sempervox.core.extension.ExtensionState;
import org.sempervox.core.sip.Flow;

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

    /** Asks a product class whether it takes an old binding in. */
    public static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            var binding = new Binding(
                    "sip:1@127.0.0.1",
                    1,
                    "",
                    0,
                    "call",
                    1,
                    3600,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Flow.udp(0, "127.0.0.1", 5060));
            System.out.println("bindings "
                    + ExtensionMachine.evolve(
                                    new ExtensionState(Map.of(), List.of(), Set.of()),
                                    new ExtensionEvent.ContactBound(Instant.EPOCH, binding))
                            .bindings()
                            .size());
        }
    }

    @Test
    void aNodeIsTheBuildThatItIsTold() throws Exception {
        Ended broken = run("registration-forgotten");
        assertThat(broken.said())
                .contains("this is the build registration-forgotten")
                .contains("ExtensionMachine")
                .contains("bindings 0");
        assertThat(broken.exit()).isZero();
        Ended healthy = run("healthy-kill");
        assertThat(healthy.said()).contains("bindings 1");
        assertThat(healthy.exit()).isZero();
    }

    @Test
    void aNodeThatCannotBeThatBuildDoesNotStart() throws Exception {
        Ended ended = run("no-such-build");
        assertThat(ended.exit()).isNotZero();
        assertThat(ended.said()).contains("no build is named no-such-build").doesNotContain("bindings");
    }
}
