package org.sempervox.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sempervox.chaos.command.Program;
import org.sempervox.chaos.scenario.FaultKind.Needs;
import org.sempervox.chaos.scenario.ScenarioFile;
import org.sempervox.cluster.cli.Exit;

/**
 * Every ready scenario as an operator would run it, some minutes each; root, for the networks and the disk. Left out of {@code mvn verify}:
 * {@code -Dchaos.excluded= -Dit.test=ChaosFullIT}, and {@code -Dchaos.scenario=NAME,NAME} for some of them. The folders of the runs stay in
 * {@code target/chaos-full}.
 */
@Tag("chaos-full")
class ChaosFullIT {
    private static final long LONGEST_MIN = 20;
    private static final long HEALED_MIN = 2;

    /** Those that need nothing but this build. */
    static List<String> scenarios() throws Exception {
        String wanted = System.getProperty("chaos.scenario", "");
        var all = new ArrayList<String>();
        for (String name : ScenarioFile.READY) {
            if (!ScenarioFile.find(name, 1).needs(Needs.OLDER_BUILD)
                    && (wanted.isEmpty() || List.of(wanted.split(",", -1)).contains(name))) {
                all.add(name);
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aReadyScenarioPasses(String name) throws Exception {
        Path folder = Path.of(
                "target", "chaos-full", name + "-" + ProcessHandle.current().pid());
        Files.createDirectories(folder);
        var words = new ArrayList<>(List.of("chaos", "run", name, "--dir", folder.toString()));
        if (ScenarioFile.find(name, 1).needs(Needs.NETWORK)) {
            words.add("--netns");
        }
        Path log = folder.resolve("run.log");
        Process run = Program.start(log, Program.command(List.of(), words));
        try {
            assertThat(run.waitFor(LONGEST_MIN, TimeUnit.MINUTES))
                    .as("ended within %d min", LONGEST_MIN)
                    .isTrue();
            assertThat(run.exitValue()).as(() -> text(log)).isEqualTo(Exit.DONE);
        } finally {
            end(run);
        }
    }

    private static String text(Path log) {
        try {
            return log + ":\n" + Files.readString(log);
        } catch (java.io.IOException e) {
            return log + ": " + e.getMessage();
        }
    }

    /** A run that is told to end takes back what it broke. */
    private static void end(Process run) throws InterruptedException {
        run.destroy();
        if (!run.waitFor(HEALED_MIN, TimeUnit.MINUTES)) {
            run.destroyForcibly();
        }
    }
}
