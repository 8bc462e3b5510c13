package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class CassandraJavaTest {
    @TempDir
    Path folder;

    @Test
    void prefers17() throws IOException {
        home("jvm/a-11", "11.0.25");
        home("jvm/b-25", "25");
        Path wanted = home("opt/jdk-17.0.15+6", "17.0.15");
        home("opt/old", "1.8.0_442");
        assertThat(found(Map.of())).isEqualTo(new CassandraJava(wanted, 17));
        assertThat(found(Map.of()).java()).isEqualTo(wanted.resolve("bin/java"));
    }

    @Test
    void takes11WhereNo17Is() throws IOException {
        Path eleven = home("jvm/a-11", "11.0.25");
        home("jvm/b-21", "21.0.7");
        assertThat(found(Map.of())).isEqualTo(new CassandraJava(eleven, 11));
    }

    @Test
    void aVariableIsStrongerThanWhatIsInstalled() throws IOException {
        home("jvm/a-17", "17.0.15");
        Path named = home("elsewhere", "11.0.25");
        Path other = home("other", "17.0.1");
        assertThat(found(Map.of("JAVA17_HOME", named.toString()))).isEqualTo(new CassandraJava(named, 11));
        assertThat(found(Map.of("JAVA17_HOME", named.toString(), "SEMPERVOX_CASSANDRA_JDK", other.toString())))
                .isEqualTo(new CassandraJava(other, 17));
    }

    @Test
    void aVariableThatNamesSomethingElseIsRefused() throws IOException {
        home("jvm/a-17", "17.0.15");
        Path late = home("jvm/b-25", "25.0.1");
        assertThatThrownBy(() -> found(Map.of("SEMPERVOX_CASSANDRA_JDK", late.toString())))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("SEMPERVOX_CASSANDRA_JDK")
                .hasMessageContaining(late.toString())
                .hasMessageContaining("17 or 11");
    }

    @Test
    void saysWhereItLookedAndWhatToInstall() throws IOException {
        home("jvm/b-25", "25.0.1");
        Files.createDirectories(folder.resolve("jvm/no-release/bin"));
        Files.createDirectories(folder.resolve("jvm/no-java"));
        Files.writeString(folder.resolve("jvm/no-java/release"), "JAVA_VERSION=\"17.0.1\"\n");
        assertThatThrownBy(() -> found(Map.of()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("SEMPERVOX_CASSANDRA_JDK")
                .hasMessageContaining("JAVA17_HOME")
                .hasMessageContaining(folder.resolve("jvm").toString())
                .hasMessageContaining(folder.resolve("opt").toString())
                .hasMessageContaining("openjdk-17-jre-headless");
    }

    private CassandraJava found(Map<String, String> environment) throws IOException {
        return CassandraJava.find(environment, List.of(folder.resolve("jvm"), folder.resolve("opt")));
    }

    private Path home(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path java = Files.writeString(home.resolve("bin/java"), "");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return home;
    }
}
