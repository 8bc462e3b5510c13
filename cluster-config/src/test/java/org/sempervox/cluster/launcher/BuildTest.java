package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class BuildTest {
    @TempDir
    Path folder;

    @Test
    void entriesStartAtTheFolderWhereverALinkToItPoints() throws Exception {
        Path first = build("first", "lib/a.jar:/usr/lib");
        Path link = Files.createSymbolicLink(folder.resolve("current"), first);
        Build build = Build.in(link);
        assertThat(build.classPath()).containsExactly(first.resolve("lib/a.jar"), Path.of("/usr/lib"));
        assertThat(build.cache()).isEqualTo(first.resolve("lib/sempervox.aot"));
        assertThat(build).hasToString(first + "/lib/a.jar:/usr/lib");
    }

    @Test
    void aFolderWithoutABuildOrWithHalfOfOneIsRefused() throws Exception {
        Path half = build("half", "lib/a.jar:lib/b.jar");
        assertThatThrownBy(() -> Build.in(folder))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(folder + ": found no file classpath");
        assertThatThrownBy(() -> Build.in(half))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("lib/b.jar, which is not there");
    }

    @Test
    void theChosenOneIsWhatNodesStartWith() throws Exception {
        var work = new WorkFolder(folder);
        assertThat(Build.of(work)).isEmpty();
        Build.own().choose(work);
        assertThat(Build.of(work)).isEqualTo(Optional.of(Build.own()));
        Build next = Build.in(build("next", "lib/a.jar"));
        next.choose(work);
        assertThat(Build.of(work)).isEqualTo(Optional.of(next));
        var member = new Topology.Member("n1", false, false, List.of("core"));
        assertThat(JavaCommand.node(work, List.of(), member, "others", next))
                .containsSubsequence("-cp", next.toString(), JavaCommand.MAIN, "node", "--name", "n1");
        assertThat(Leftovers.unknownFiles(work))
                .containsExactly("next", "next/classpath", "next/lib", "next/lib/a.jar");
    }

    private Path build(String name, String classPath) throws Exception {
        Path made = Files.createDirectories(folder.toRealPath().resolve(name));
        Files.createDirectories(made.resolve("lib"));
        Files.writeString(made.resolve("lib/a.jar"), "");
        Files.writeString(made.resolve("classpath"), classPath + "\n");
        return made;
    }
}
