package org.sempervox.chaos.lab;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sempervox.chaos.client.PhoneConfig;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.cluster.launcher.Topology;

/** A cluster in a laboratory, each node on the host of its name, behind one virtual address; launcher and store are outside. */
public final class LabCluster implements AutoCloseable {
    private static final int SIP_PORT = 5060;

    private final Lab lab;
    private final ClusterProcess process;

    private LabCluster(Lab lab, ClusterProcess process) {
        this.lab = lab;
        this.process = process;
    }

    /** Names of the hosts that a topology needs, spare nodes included, in the order of their addresses. */
    public static List<String> hosts(String topology, int spare) {
        return List.copyOf(Topology.of(topology, List.of()).withSpares(spare).names());
    }

    /**
     * Starts one and returns when it serves.
     *
     * @param arguments of {@code up}, without {@code --dir}, {@code --hosts} and {@code --sip}
     * @param options of the nodes' virtual machines, settings among them
     * @param progress gets the launcher's lines
     */
    public static LabCluster start(
            Lab lab, Path work, List<String> arguments, List<String> options, Consumer<String> progress)
            throws IOException {
        var all = new ArrayList<>(arguments);
        all.addAll(arguments(lab, work, 1));
        return new LabCluster(lab, ClusterProcess.start(work, all, options, progress));
    }

    /** What {@code up} needs besides to run in a laboratory with so many service addresses. */
    public static List<String> arguments(Lab lab, Path work, int addresses) throws IOException {
        Path hosts = lab.folder().resolve("hosts.conf");
        Files.writeString(hosts, hostsFile(lab));
        lab.runs(work);
        var sip = new ArrayList<String>();
        for (int i = 0; i < addresses; i++) {
            sip.add(lab.serviceAddress(i) + ":" + SIP_PORT);
        }
        return List.of("--hosts", hosts.toString(), "--sip", String.join(",", sip));
    }

    /** Files, pages and pids of the cluster; its signals reach into the laboratory. A node that is cut from all costs its pages 3 s. */
    public ClusterProcess process() {
        return process;
    }

    /** The virtual address. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral(lab.serviceAddress(0)), SIP_PORT);
    }

    /** Phones that are outside. */
    public UnaryOperator<PhoneConfig> outside() {
        return config -> config.at(lab.outside());
    }

    /** Lets a spare node join, on the host of its name. */
    public void join(String node, Duration within) throws IOException, InterruptedException {
        long before = process.pid(node);
        process.join(node, lab.front(node));
        process.awaitServing(node, before, within);
    }

    /** Graceful end of nodes that can; the laboratory stays. */
    @Override
    public void close() {
        process.close();
    }

    private static String hostsFile(Lab lab) {
        var nodes = new LinkedHashMap<String, Object>();
        for (String name : lab.hosts()) {
            nodes.put(
                    name,
                    Map.of(
                            "address", lab.host(name).address(),
                            "device", LabHost.DEVICE,
                            "command", lab.front(name)));
        }
        Map<String, Object> root = Map.of("store", Map.of("address", lab.outside()), "admin", "host", "nodes", nodes);
        return ConfigFactory.parseMap(root)
                .root()
                .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }
}
