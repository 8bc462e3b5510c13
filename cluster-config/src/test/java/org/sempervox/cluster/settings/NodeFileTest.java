package org.sempervox.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFileTest {
    private static final String GOOD = """
            sempervox {
              realm = "example.org"
              work-folder = "."
              key-file = "cluster.key"
              pbx-file = "pbx.conf"
              seeds = ["127.0.0.1:25520"]
              addresses = [
                { host = "127.0.0.11", port = 5060, media-ports = [10000, 21383], home = "n1" }
                { host = "127.0.0.12", port = 5060, media-ports = [21384, 32767], home = "n2" }
              ]
              store { kind = h2, host = "127.0.0.1", port = 9092, password-file = "password" }
              node { name = "n1", roles = [core, sip, media], host = "127.0.0.1", port = 25520 }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("pbx.conf"), """
                tenants.default.extensions = [ { range = "1000-1099", password = "pw{number}" } ]
                """);
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @Test
    void adminPagesListenOnLoopbackUnlessAskedOtherwise() throws IOException {
        assertThat(read(GOOD).member().adminHost()).isEqualTo("127.0.0.1");
        String elsewhere = GOOD.replace("port = 25520 }", "port = 25520, admin-host = \"10.0.0.7\" }");
        assertThat(read(elsewhere).member().adminHost()).isEqualTo("10.0.0.7");
        assertThat(read(elsewhere).member().adminPort()).isZero();
        assertThat(read(GOOD.replace("port = 25520 }", "port = 25520, admin-port = 18081 }"))
                        .member()
                        .adminPort())
                .isEqualTo(18081);
        assertThatThrownBy(() -> read(elsewhere.replace("10.0.0.7", "everywhere")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("sempervox.node.admin-host: found everywhere");
    }

    @Test
    void readsAGoodFile() throws IOException {
        NodeFile file = read(GOOD);
        assertThat(file.node().name()).isEqualTo("n1");
        assertThat(file.node().roles()).isEqualTo(Set.of("core", "sip", "media"));
        assertThat(file.node().addresses().get(1).home()).isEqualTo("n2");
        assertThat(file.node().whole().getString("pekko.cluster.downing-provider-class"))
                .as("as in 0.1.0, or nodes of that version refuse this one")
                .isEqualTo("org.sempervox.cluster.membership.CertainDeathDowning");
        assertThat(file.node().whole().getStringList("pekko.cluster.roles")).contains("name-n1", "core");
        assertThat(file.node().toString() + file.store())
                .doesNotContain("pw{number}")
                .doesNotContain("secret");
    }

    @Test
    void readsACassandra() throws IOException {
        String store = "store { kind = cassandra, contact-points = [\"10.0.0.1\", \"10.0.0.2:9142\"], datacenter = dc1,"
                + " replication = 3, user = pbx, password-file = password }";
        NodeFile file = read(GOOD.replaceFirst("store \\{[^}]*}", store));
        assertThat(file.store())
                .isEqualTo(new StoreSettings.Cassandra(
                        List.of(
                                InetSocketAddress.createUnresolved("10.0.0.1", 9042),
                                InetSocketAddress.createUnresolved("10.0.0.2", 9142)),
                        "dc1",
                        "sempervox",
                        3,
                        Optional.of(new StoreSettings.Credentials("pbx", "secret")),
                        Optional.empty()));
        assertThat(file.store().toString()).doesNotContain("secret");
    }

    @Test
    void overridesWhatIsShipped() throws IOException {
        NodeFile file = read(GOOD + "pekko.cluster.sharding.number-of-shards = 24");
        assertThat(file.node().whole().getInt("pekko.cluster.sharding.number-of-shards"))
                .isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 25520       | port = 99999        | sempervox.node.port         | 99999",
                "port = 25520       | port = \"many\"     | sempervox.node.port         | many",
                "host = \"127.0.0.1\", port = 25520 | port = 25520 | sempervox.node.host | nothing",
                "[core, sip, media] | [core, tea]         | sempervox.node.roles        | tea",
                "[core, sip, media] | [witness, core]     | sempervox.node.roles        | witness",
                "realm =            | relam =             | sempervox.relam             | unknown",
                "kind = h2          | kind = oracle       | sempervox.store.kind        | oracle",
                "127.0.0.12         | 127.0.0.11          | sempervox.addresses[1]      | twice",
                "[10000, 21383]     | [10001, 21383]      | sempervox.addresses[0]      | 10001",
                "[10000, 21383]     | [10000]             | sempervox.addresses[0].media-ports | 10000",
                "name = \"n1\"      | name = \"N 1\"      | sempervox.node.name         | N 1",
                "\"127.0.0.1:25520\"| \"nowhere\"         | sempervox.seeds             | nowhere",
            })
    void saysWhatIsWrongAndWhere(String good, String bad, String path, String found) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(path)
                .hasMessageContaining(found)
                .hasMessageContaining("expected");
    }

    private static final String MOVING = GOOD.replace("\"127.0.0.1", "\"10.0.0.1")
            .replace("127.0.0.1", "10.0.0.1")
            .replace("port = 25520 }", "port = 25520, device = \"eth0\" }");

    @Test
    void aDeviceForAddressesThatMove() throws IOException {
        assertThat(read(GOOD).node().device()).isEmpty();
        assertThat(read(GOOD).node().handOver()).isEqualTo(Duration.ofMillis(500));
        assertThat(read(MOVING).node().device()).hasValue("eth0");
        assertThat(read(MOVING).node().handOver()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device = \"eth0\" | device = \"eth 0\"         | sempervox.node.device       | eth 0",
                "device = \"eth0\" | device = \"../eth0\"       | sempervox.node.device       | ../eth0",
                "device = \"eth0\" | device = \"enx001122334455\" | sempervox.node.device     | 11 letters",
                "device = \"eth0\" | device = [eth0]            | sempervox.node.device       | a text",
                "host = \"10.0.0.11\" | host = \"127.0.0.11\"   | sempervox.addresses[0].host | an address of the network",
                "host = \"10.0.0.11\" | host = \"2001:db8::1\"  | sempervox.addresses[0].host | IPv6 cannot move yet",
                "host = \"10.0.0.12\", port = 5060 | host = \"10.0.0.11\", port = 5062 | sempervox.addresses[1].home | n1, the home",
                "host = \"10.0.0.1\", port = 25520 | host = \"10.0.0.12\", port = 25520 | sempervox.node.host | stays on its machine",
                "\"10.0.0.1:25520\" | \"10.0.0.11:25520\"       | sempervox.seeds             | stays on its machine",
            })
    void refusesWhatCannotMove(String good, String bad, String path, String expected) {
        assertThatThrownBy(() -> read(MOVING.replace(good, bad)))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(path)
                .hasMessageContaining(expected);
    }

    @Test
    void twoNodesOnOneMachineCannotBothHaveADevice() throws IOException {
        Path file = folder.resolve("cluster.conf");
        String one = "roles = [core, sip, media], host = \"10.0.0.1\", device = eth0, port = ";
        Files.writeString(
                file,
                MOVING.replaceFirst("node \\{[^}]*}", "nodes { n1 { " + one + "25520 }, n2 { " + one + "25521 } }"));
        assertThatThrownBy(() -> NodeFile.read(file, Optional.of("n1")))
                .hasMessageContaining("sempervox.nodes.n1.device")
                .hasMessageContaining("n2 has one too");
    }

    @Test
    void aFileOfSeveralNodesNeedsAName() throws IOException {
        Path file = folder.resolve("cluster.conf");
        Files.writeString(file, GOOD.replace("node { name = \"n1\", ", "nodes.n1 { "));
        assertThat(NodeFile.names(file)).containsExactly("n1");
        assertThat(NodeFile.read(file, Optional.of("n1")).node().name()).isEqualTo("n1");
        assertThatThrownBy(() -> NodeFile.read(file, Optional.of("n9"))).hasMessageContaining("sempervox.nodes.n9");
        assertThatThrownBy(() -> NodeFile.read(file, Optional.empty())).hasMessageContaining("--name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ range = \"1000-99\", password = a }                    | extensions[0].range",
                "{ range = \"1099-1000\", password = a }                  | extensions[0].range",
                "{ number = \"100\", password = [a] }                     | extensions[0].password",
                "{ number = \"100\", range = \"1-2\", password = a }      | extensions[0]",
                "{ number = \"100\", password = a, ringSeconds = 0 }      | extensions[0].ringSeconds",
                "{ number = \"100\", password = a, ringSecond = 5 }       | extensions[0].ringSecond",
                "{ number = \"100\", password = a, busy = \"front desk\" }| extensions[0].busy",
            })
    void refusesABadPbxFile(String extension, String path) throws IOException {
        Path file = folder.resolve("bad.conf");
        Files.writeString(file, "tenants.default.extensions = [ " + extension + " ]");
        assertThatThrownBy(() -> PbxFile.read(file))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(path);
    }

    private NodeFile read(String text) throws IOException {
        Path file = folder.resolve("node.conf");
        Files.writeString(file, text);
        return NodeFile.read(file, Optional.empty());
    }
}
