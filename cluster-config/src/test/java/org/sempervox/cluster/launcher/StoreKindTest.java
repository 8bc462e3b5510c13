package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class StoreKindTest {
    @TempDir
    Path folder;

    @BeforeEach
    void store() throws IOException {
        Files.createDirectories(folder.resolve("store"));
    }

    @Test
    void aNewFolderTakesAnyKind() {
        var work = new WorkFolder(folder);
        assertThat(StoreKind.in(work)).isEmpty();
        for (StoreKind kind : StoreKind.values()) {
            assertThatCode(() -> kind.check(work)).doesNotThrowAnyException();
            assertThat(StoreKind.of(kind.toString())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> StoreKind.of("oracle")).hasMessageContaining("h2 or cassandra");
    }

    @Test
    void aFolderOfH2IsNoFolderForCassandra() throws IOException {
        refuses("sempervox.mv.db", StoreKind.H2, StoreKind.CASSANDRA);
    }

    @Test
    void aFolderOfCassandraIsNoFolderForH2() throws IOException {
        refuses("cassandra.conf", StoreKind.CASSANDRA, StoreKind.H2);
    }

    private void refuses(String file, StoreKind made, StoreKind other) throws IOException {
        Files.writeString(folder.resolve("store").resolve(file), "precious");
        var work = new WorkFolder(folder);
        assertThat(StoreKind.in(work)).hasValue(made);
        assertThatCode(() -> made.check(work)).doesNotThrowAnyException();
        assertThatThrownBy(() -> other.check(work))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("--store: found " + other + ", expected " + made)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("--dir");
        assertThat(folder.resolve("store").resolve(file)).hasContent("precious");
    }
}
