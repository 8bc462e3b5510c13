package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class CassandraJarsTest {
    @TempDir
    Path folder;

    @Test
    void knowsTheVersionAndTheAgent() throws IOException {
        jar("cassandra-all-5.0.3.jar");
        jar("jamm-0.4.0.jar");
        jar("other-1.0.jar");
        CassandraJars jars = CassandraJars.in(folder);
        assertThat(jars.version()).isEqualTo("5.0.3");
        assertThat(jars.agent()).hasValue(folder.resolve("jamm-0.4.0.jar"));
    }

    @Test
    void refusesAFolderWithoutOneOrWithTwo() throws IOException {
        assertThatThrownBy(() -> CassandraJars.in(folder.resolve("none")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("cluster-config/cassandra")
                .hasMessageContaining(folder.resolve("none").toString());
        assertThatThrownBy(() -> CassandraJars.in(folder)).hasMessageContaining("0 cassandra-all-VERSION.jar");
        jar("cassandra-all-5.0.3.jar");
        jar("cassandra-all-5.0.4.jar");
        assertThatThrownBy(() -> CassandraJars.in(folder)).hasMessageContaining("2 cassandra-all-VERSION.jar");
    }

    private void jar(String name) throws IOException {
        Files.writeString(folder.resolve(name), "");
    }
}
