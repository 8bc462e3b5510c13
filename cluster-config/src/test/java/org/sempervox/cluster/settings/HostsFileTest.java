package org.sempervox.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sempervox.cluster.launcher.Topology;

class HostsFileTest {
    private static final String GOOD = """
            store { address = "10.213.7.1" }
            admin = host
            nodes {
              n1 { address = "10.213.7.11", device = "eth0", command = ["ip", "netns", "exec", "svlab-n1"] }
              n2 { address = "10.213.7.12" }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void readsAGoodFile() throws IOException {
        HostsFile hosts = read(GOOD);
        assertThat(hosts.storeAddress()).isEqualTo("10.213.7.1");
        assertThat(hosts.adminOnHost()).isTrue();
        assertThat(hosts.of("n1"))
                .isEqualTo(new HostsFile.NodeHost(
                        "10.213.7.11", Optional.of("eth0"), List.of("ip", "netns", "exec", "svlab-n1")));
        assertThat(hosts.of("n2")).isEqualTo(new HostsFile.NodeHost("10.213.7.12", Optional.empty(), List.of()));
    }

    @Test
    void withoutStoreAndAdminTheyAreOnLoopback() throws IOException {
        HostsFile hosts = read("nodes { n1 { address = \"127.0.0.1\" }, n2 { address = \"127.0.0.1\" } }");
        assertThat(hosts.storeAddress()).isEqualTo("127.0.0.1");
        assertThat(hosts.adminOnHost()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin = host | admin = both | admin: found both",
                "address = \"10.213.7.12\" | address = \"n2.example\" | nodes.n2.address: found n2.example",
                "address = \"10.213.7.12\" | address = \"10.213.7.300\" | nodes.n2.address: found 10.213.7.300",
                "address = \"10.213.7.12\" | device = eth0 | nodes.n2.address: found nothing",
                "address = \"10.213.7.1\" | address = \"::1\" | store.address: found ::1",
                "device = \"eth0\" | device = \"a device\" | nodes.n1.device: found a device",
                "n2 { | n7 { | nodes.n7: found an unknown key",
                "command = | comand = | nodes.n1.comand: found an unknown key",
                "store { | shop { | shop: found an unknown key"
            })
    void refusesAndNamesPathValueAndExpectation(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(message)
                .hasMessageContaining("expected");
    }

    @Test
    void theWitnessMustNotBreakATie() throws IOException {
        HostsFile hosts = read(GOOD + "nodes.w1.address = \"10.213.7.2\"", Set.of("n1", "n2", "w1"));
        Topology office = Topology.of("office", List.of("core"));
        assertThat(office.checked(HostsFile.HERE)).isEqualTo(HostsFile.HERE);
        assertThat(office.checked(read(GOOD + "nodes.w1.address = \"10.213.7.21\"", office.names())))
                .isNotNull();
        HostsFile first = read(GOOD + "nodes.w1.address = \"10.213.7.10\"", office.names());
        assertThat(hosts.of("w1").address()).isEqualTo("10.213.7.2");
        assertThatThrownBy(() -> office.checked(first))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("nodes.w1.address: found 10.213.7.10");
    }

    private HostsFile read(String text) throws IOException {
        return read(text, Set.of("n1", "n2"));
    }

    private HostsFile read(String text, Set<String> names) throws IOException {
        return HostsFile.read(Files.writeString(folder.resolve("hosts.conf"), text), names);
    }
}
