package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.settings.SettingsProblem;

/** Real processes. */
@Tag("cluster")
class RollingRestartTest {
    private static final Progress SAY = System.out::println;
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final Duration RESTART = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private WorkFolder work;

    @BeforeEach
    void name() {
        work = new WorkFolder(folder.resolve("w"));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(Shutdown.run(work, SAY)).as("had to be killed").isEmpty();
        assertThat(new RollingRestart(work, SAY).refusal().orElseThrow()).contains("no launcher");
    }

    @Test
    void aBuildThatDoesNotServeIsTakenBackAndOneThatCannotStartIsNotTried() throws Exception {
        assertThat(DetachedLauncher.start(
                        work, List.of("up", "--dir", work.path().toString(), "--roles", "sip,media"), System.out))
                .isZero();
        var all = new RollingRestart(work, SAY);
        assertThat(all.refusal()).isEmpty();
        var before = work.liveNodes();
        assertThatThrownBy(() -> all.run(List.of("n3"), Optional.empty()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("one of n1, n2, w1");
        Build nothing = new Build(List.of(Files.createDirectory(folder.resolve("nothing"))));
        assertThatThrownBy(() -> all.run(List.of(), Optional.of(nothing)))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(nothing.toString());
        assertThat(work.liveNodes()).as("nothing was stopped").isEqualTo(before);

        // good enough to read the configuration
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("sempervox.conf"), "pekko.actor.provider = nothing-of-that-name\n");
        var entries = new ArrayList<>(List.of(broken));
        entries.addAll(Build.own().classPath());
        assertThatThrownBy(
                        () -> new RollingRestart(work, SAY, SHORT).run(List.of("n2"), Optional.of(new Build(entries))))
                .isInstanceOf(RestartFailure.class)
                .hasMessageContaining("n2 is ")
                .hasMessageContaining("again");
        assertThat(Build.of(work)).isEqualTo(Optional.of(Build.own()));
        Eventually.holds(
                "n2 serves with the former build", RESTART, () -> all.refusal().isEmpty());

        all.run(List.of(), Optional.empty());
        assertThat(work.liveNodes().keySet()).isEqualTo(before.keySet());
        assertThat(work.liveNodes()).doesNotContainValue(before.get("n1")).doesNotContainValue(before.get("w1"));
        assertThat(work.log("n2")).content().contains("nothing-of-that-name");
    }
}
