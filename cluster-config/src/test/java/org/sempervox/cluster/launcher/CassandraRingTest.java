package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.SettingsProblem;

class CassandraRingTest {
    private static final int ANY = 1_234_567;

    @TempDir
    Path folder;

    @Test
    void threeAddressesOfOneNet() throws IOException {
        CassandraRing ring = CassandraRing.choose(ANY);
        assertThat(ring.hosts()).hasSize(3).allMatch(host -> host.matches("127\\.[0-9]+\\.[0-9]+\\.[123]"));
        assertThat(ring.names()).containsExactly("c1", "c2", "c3");
        assertThat(ring.contactPoints().get(2)).isEqualTo(ring.host("c3") + ":" + ring.nativePort());
    }

    @Test
    void otherFoldersGetOtherAddresses() throws IOException {
        assertThat(CassandraRing.choose(1).hosts())
                .doesNotContainAnyElementsOf(CassandraRing.choose(2).hosts());
    }

    @Test
    void aNetWithAPortInUseIsPassedOver() throws IOException {
        CassandraRing free = CassandraRing.choose(ANY);
        try (var _ = new ServerSocket(free.nativePort(), 1, InetAddress.getByName(free.host("c2")))) {
            assertThat(CassandraRing.choose(ANY).hosts()).doesNotContainAnyElementsOf(free.hosts());
        }
    }

    @Test
    void tokensDivideTheRing() throws IOException {
        CassandraRing ring = CassandraRing.choose(ANY);
        assertThat(ring.token("c1")).isEqualTo("-9223372036854775808");
        assertThat(ring.token("c2")).isEqualTo("-3074457345618258603");
        assertThat(ring.token("c3")).isEqualTo("3074457345618258602");
    }

    @Test
    void theChoiceIsKept() throws Exception {
        var work = new WorkFolder(folder);
        CassandraRing first = CassandraRing.of(work);
        assertThat(CassandraRing.of(work)).isEqualTo(first);
        try (var _ = new ServerSocket(first.storagePort(), 1, InetAddress.getByName(first.host("c3")))) {
            assertThatThrownBy(() -> CassandraRing.of(work))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining(first.host("c3"))
                    .hasMessageContaining("another program");
        }
    }

    @Test
    void aSpoiltFileIsRefused() throws Exception {
        var work = new WorkFolder(folder);
        Files.createDirectories(work.store());
        Path file = work.store().resolve("cassandra.conf");
        Files.writeString(file, "cluster-name = a, hosts = [\"127.1.1.1\"], storage-port = 7000, native-port = 9042");
        assertThatThrownBy(() -> CassandraRing.of(work))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("three addresses");
        Files.writeString(file, "cluster-name = a");
        assertThatThrownBy(() -> CassandraRing.of(work))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void settingsNameTheFolderTheAddressesAndTheToken() throws Exception {
        var work = new WorkFolder(folder);
        CassandraRing ring = CassandraRing.of(work);
        CassandraFiles files = CassandraFiles.of(work, "c2");
        files.write(ring, "c2");
        String host = Pattern.quote(ring.host("c2"));
        String yaml = Files.readString(files.folder().resolve("cassandra.yaml"));
        assertThat(yaml)
                .containsPattern("(?m)^cluster_name: sempervox-[a-zA-Z0-9]{8}$")
                .containsPattern("(?m)^listen_address: " + host + "$")
                .containsPattern("(?m)^rpc_address: " + host + "$")
                .contains("initial_token: \"-3074457345618258603\"")
                .contains("seeds: \"" + String.join(",", ring.hosts()) + "\"")
                .contains("commitlog_directory: " + folder.resolve("store/c2/commitlog"))
                .contains("authenticator: PasswordAuthenticator")
                .contains("paxos_variant: v2")
                .contains("commitlog_sync: batch")
                .doesNotContain("${");
        assertThat(Files.readString(files.options()))
                .contains("\"-Dcassandra.config=file://" + folder.resolve("store/c2/cassandra.yaml") + "\"")
                .doesNotContain("jmx.local.port")
                .doesNotContain("${");
    }

    @Test
    void aPathThatThreeLanguagesQuoteDifferentlyIsRefused() throws IOException {
        var files = new CassandraFiles(folder.resolve("a: \"b\""));
        CassandraRing ring = CassandraRing.choose(ANY);
        assertThatThrownBy(() -> files.write(ring, "c1"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("special characters");
        assertThat(files.folder()).doesNotExist();
    }
}
