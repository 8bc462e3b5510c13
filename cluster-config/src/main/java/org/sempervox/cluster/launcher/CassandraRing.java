package org.sempervox.cluster.launcher;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * Three Cassandras of one work folder and where they listen. Their data knows them by address, so the choice is made once and kept.
 *
 * @param clusterName differs from folder to folder: a Cassandra talks to none of another cluster
 * @param hosts loopback addresses of c1, c2, c3
 */
record CassandraRing(String clusterName, List<String> hosts, int storagePort, int nativePort) {
    /** In W/store. */
    static final String FILE = "cassandra.conf";

    private static final int SIZE = 3;
    private static final int NETS = 120;
    /** Storage port and native port, as everywhere first. */
    private static final int[][] PORTS = {{7000, 9042}, {7100, 9142}, {7200, 9242}};

    CassandraRing {
        hosts = List.copyOf(hosts);
    }

    /** The one that the folder has, or a new one on addresses where these ports are free now. */
    static CassandraRing of(WorkFolder work) throws IOException, LaunchFailure {
        Path file = work.store().resolve(FILE);
        if (!Files.exists(file)) {
            CassandraRing chosen = choose(work.path().hashCode());
            Files.createDirectories(work.store());
            Secrets.write(file, chosen.text());
            return chosen;
        }
        CassandraRing kept = read(file);
        for (String host : kept.hosts) {
            if (!kept.free(host)) {
                throw new LaunchFailure("the Cassandras of " + work.path() + " listen on " + host + " at ports "
                        + kept.storagePort + " and " + kept.nativePort + ", and another program has them now");
            }
        }
        return kept;
    }

    /** c1, c2, c3. */
    List<String> names() {
        return IntStream.rangeClosed(1, hosts.size()).mapToObj(i -> "c" + i).toList();
    }

    String host(String name) {
        return hosts.get(names().indexOf(name));
    }

    InetSocketAddress nativeAddress(String name) {
        return new InetSocketAddress(host(name), nativePort);
    }

    List<String> contactPoints() {
        return hosts.stream().map(host -> host + ":" + nativePort).toList();
    }

    /** Fixed and even: Cassandras that start together need not agree on who owns what. */
    BigInteger token(String name) {
        BigInteger step = BigInteger.TWO.pow(64).divide(BigInteger.valueOf(hosts.size()));
        return BigInteger.TWO.pow(63).negate().add(step.multiply(BigInteger.valueOf(names().indexOf(name))));
    }

    /** Nets far from those of service addresses; {@code seed} says where the search begins, so that two folders differ. */
    static CassandraRing choose(int seed) throws IOException {
        for (int[] ports : PORTS) {
            for (int i = 0; i < NETS; i++) {
                int net = Math.floorMod(seed + i, NETS * 250);
                List<String> hosts = IntStream.rangeClosed(1, SIZE)
                        .mapToObj(last -> "127.%d.%d.%d".formatted(130 + net % NETS, 1 + net / NETS, last))
                        .toList();
                var ring = new CassandraRing("sempervox-" + Secrets.text(8), hosts, ports[0], ports[1]);
                if (hosts.stream().allMatch(ring::free)) {
                    return ring;
                }
            }
        }
        throw new IOException("no three loopback addresses with free ports for Cassandra");
    }

    private boolean free(String host) {
        return Ports.tcpFree(host, storagePort) && Ports.tcpFree(host, nativePort);
    }

    private String text() {
        return ConfigFactory.parseMap(Map.of(
                        "cluster-name", clusterName,
                        "hosts", hosts,
                        "storage-port", storagePort,
                        "native-port", nativePort))
                .root()
                .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }

    static CassandraRing read(Path file) {
        try {
            Config config = ConfigFactory.parseFile(file.toFile());
            List<String> hosts = config.getStringList("hosts");
            if (hosts.size() != SIZE) {
                throw new SettingsProblem(file + ": hosts", hosts.toString(), "three addresses");
            }
            return new CassandraRing(
                    config.getString("cluster-name"),
                    hosts,
                    config.getInt("storage-port"),
                    config.getInt("native-port"));
        } catch (ConfigException e) {
            throw new SettingsProblem(
                    file.toString(),
                    "something else: " + e.getMessage(),
                    "the file as it was written at the first start");
        }
    }
}
