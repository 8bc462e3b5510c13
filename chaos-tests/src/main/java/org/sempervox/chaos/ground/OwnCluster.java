package org.sempervox.chaos.ground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.ClusterLoad;
import org.sempervox.chaos.cluster.ClusterLoad.Share;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.FaultKind;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.scenario.Target;
import org.sempervox.cluster.launcher.Build;
import org.sempervox.cluster.launcher.Topology;
import org.sempervox.cluster.settings.NodeFile;

/** A cluster that the tool starts itself, in a folder of the run. */
public final class OwnCluster implements Ground {
    private static final String CLUSTER = "cluster";

    private final Path folder;
    private final Programs programs;
    private final Path work;
    private final List<String> arguments;
    private final Setup setup;
    private final NodeTricks tricks;
    private final Optional<CapturedLab> lab;
    private ClusterProcess cluster;
    private boolean closed;

    /**
     * How to start it.
     *
     * @param topology of {@code up}
     * @param spare full nodes that are planned and not started
     * @param disks whether each full node's log has a small disk of its own
     * @param clocks whether each full node has a clock of its own
     * @param network whether each node is a host of its own in a network of its own
     * @param addresses how many service addresses that network has; 1: a virtual address that moves
     * @param options of the nodes' virtual machines
     * @param classPath of the program that is started
     */
    public record Setup(
            String topology,
            int spare,
            String store,
            boolean disks,
            boolean clocks,
            boolean network,
            int addresses,
            List<String> options,
            String classPath) {
        private static final String THIS = System.getProperty("java.class.path");

        public Setup {
            options = List.copyOf(options);
        }

        /** All that are planned. */
        Topology nodes() {
            return Topology.of(topology, List.of()).withSpares(spare);
        }

        /** What these faults need; one service address for each full node. */
        public static Setup of(String topology, String store, Collection<FaultKind> faults) {
            return new Setup(
                    topology,
                    faults.contains(FaultKind.JOIN) ? 1 : 0,
                    store,
                    faults.contains(FaultKind.DISK_FULL),
                    faults.contains(FaultKind.CLOCK),
                    faults.stream().anyMatch(fault -> fault.needs() == FaultKind.Needs.NETWORK),
                    Topology.of(topology, List.of()).fullNodes().size(),
                    List.of(),
                    THIS);
        }

        /** In a network of its own, behind one virtual address. */
        public Setup inNetwork() {
            return new Setup(topology, spare, store, disks, clocks, true, 1, options, classPath);
        }

        public static Setup of(Scenario scenario) {
            var kinds =
                    scenario.timeline().stream().map(step -> step.blow().kind()).toList();
            return new Setup(
                    scenario.topology(),
                    scenario.spare(),
                    scenario.store(),
                    kinds.contains(FaultKind.DISK_FULL),
                    kinds.contains(FaultKind.CLOCK),
                    false,
                    0,
                    List.of(),
                    THIS);
        }

        /** The same with these options of the nodes' virtual machines. */
        public Setup with(List<String> nodeOptions) {
            return new Setup(topology, spare, store, disks, clocks, network, addresses, nodeOptions, classPath);
        }

        /** The same, started from another build. */
        public Setup from(Build build) {
            return new Setup(topology, spare, store, disks, clocks, network, addresses, options, build.toString());
        }
    }

    private OwnCluster(
            Path folder,
            Programs programs,
            List<String> arguments,
            Setup setup,
            NodeTricks tricks,
            Optional<CapturedLab> lab,
            ClusterProcess cluster) {
        this.lab = lab;
        this.folder = folder;
        this.programs = programs;
        this.work = folder.resolve(CLUSTER);
        this.arguments = arguments;
        this.setup = setup;
        this.tricks = tricks;
        this.cluster = cluster;
    }

    /**
     * Starts one and returns when it serves.
     *
     * @param folder of the run; the work folder will be {@code cluster} in it
     * @param pbx the text of the PBX file
     */
    public static OwnCluster start(Setup setup, Path folder, String pbx) throws IOException {
        Path work = folder.resolve(CLUSTER);
        Files.createDirectories(work);
        Path file = folder.resolve("phones.conf");
        Files.writeString(file, pbx);
        var arguments = new ArrayList<>(
                List.of("--topology", setup.topology(), "--store", setup.store(), "--config", file.toString()));
        if (setup.spare() > 0) {
            arguments.addAll(List.of("--spare", Integer.toString(setup.spare())));
        }
        NodeTricks tricks = new NodeTricks(folder, setup);
        Path labState = folder.resolve("lab").resolve("lab.json");
        Programs programs =
                Programs.of(folder, UndoFile.of(work, setup.network() ? labState.toString() : "", tricks.mounts()));
        Optional<CapturedLab> lab = Optional.empty();
        try {
            if (setup.network()) {
                lab = Optional.of(CapturedLab.create(folder, setup));
                arguments.addAll(lab.get().arguments(work, setup.addresses()));
            }
            arguments.addAll(tricks.prepare());
            ClusterProcess process = ClusterProcess.start(work, setup.classPath(), arguments, setup.options(), _ -> {});
            return new OwnCluster(folder, programs, arguments, setup, tricks, lab, process);
        } catch (IOException | RuntimeException e) {
            lab.ifPresent(CapturedLab::close);
            tricks.close();
            programs.undone();
            throw e;
        }
    }

    @Override
    public String name() {
        return lab.isPresent() ? "netns" : "here";
    }

    @Override
    public List<InetSocketAddress> addresses() throws IOException {
        return cluster.addresses();
    }

    @Override
    public String phoneHost() {
        return lab.map(CapturedLab::outside).orElse("127.0.0.1");
    }

    @Override
    public Accounts accounts() {
        return Accounts.own("127.0.0.1");
    }

    @Override
    public boolean own() {
        return true;
    }

    @Override
    public List<String> nodes() throws IOException {
        var all = new ArrayList<>(cluster.fullNodes());
        cluster.nodePids().keySet().stream()
                .filter(name -> name.startsWith("w"))
                .forEach(all::add);
        return all;
    }

    @Override
    public boolean captures() {
        return lab.isPresent();
    }

    @Override
    public Target.View view() throws IOException {
        Map<String, JsonNode> statuses = cluster.pages("/status");
        List<String> full = cluster.fullNodes().stream()
                .filter(node -> serves(statuses.get(node)))
                .toList();
        if (full.isEmpty()) {
            throw new IOException("no full node serves");
        }
        ClusterLoad load = ClusterLoad.of(cluster.calls());
        String oldest = cluster.oldest();
        List<String> younger =
                full.stream().filter(node -> !node.equals(oldest)).toList();
        return new Target.View(
                full,
                nodes().stream().filter(name -> name.startsWith("w")).findFirst(),
                oldest,
                load.most(full, Share::any).orElse(full.getFirst()),
                load.most(younger, Share::entities).orElse(full.getFirst()),
                cluster.owner(cluster.addresses().getFirst()).orElse(full.getFirst()));
    }

    private static boolean serves(@Nullable JsonNode status) {
        return status != null && status.path("state").asText().equals("serving");
    }

    @Override
    public Injection strike(Blow blow, List<String> targets) throws IOException, InterruptedException {
        return blow.kind().needs() == FaultKind.Needs.NETWORK
                ? new NetworkFaults(
                                this,
                                lab.orElseThrow(() -> new IOException("no network of its own: --netns"))
                                        .lab())
                        .strike(blow, targets)
                : new LocalFaults(this, folder).strike(blow, targets);
    }

    /** A new start on the same work folder, after everything was killed. */
    void startAgain() throws IOException {
        cluster = ClusterProcess.start(work, setup.classPath(), arguments, setup.options(), _ -> {});
    }

    /** Its processes and pages now: another one after a power cut. */
    public ClusterProcess cluster() {
        return cluster;
    }

    Path work() {
        return work;
    }

    NodeTricks tricks() {
        return tricks;
    }

    @Override
    public boolean allServe() throws IOException {
        Map<String, JsonNode> statuses = cluster.pages("/status");
        for (String node : cluster.fullNodes()) {
            JsonNode status = statuses.get(node);
            if (!serves(status) || status == null || status.path("pid").asLong() != cluster.pid(node)) {
                return false;
            }
        }
        return true;
    }

    /** A full node that is planned and was never started. */
    Optional<String> spare() throws IOException {
        List<String> started = cluster.fullNodes();
        return NodeFile.names(work.resolve("cluster.conf")).stream()
                .filter(name -> name.startsWith("n") && !started.contains(name))
                .findFirst();
    }

    @Override
    public Map<String, Long> processes() throws IOException {
        var alive = new TreeMap<String, Long>();
        cluster.nodePids().forEach((node, pid) -> {
            if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                alive.put(node, pid);
            }
        });
        return alive;
    }

    @Override
    public List<JsonNode> records(Instant since) throws IOException {
        String page = "/cdr?since=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8);
        for (JsonNode answer : cluster.pages(page).values()) {
            if (answer instanceof ArrayNode array) {
                var all = new ArrayList<JsonNode>();
                array.forEach(all::add);
                return all;
            }
        }
        throw new IOException("no node answers with its call records");
    }

    @Override
    public List<Rows> journal() throws IOException {
        return JournalRows.read(
                NodeFile.read(work.resolve("cluster.conf"), Optional.of("n1")).store());
    }

    @Override
    public long sockets() throws IOException {
        var hosts = cluster.addresses().stream()
                .map(InetSocketAddress::getHostString)
                .toList();
        return UdpSockets.on(hosts, processes().values());
    }

    @Override
    public Spoken spoken() throws IOException {
        return lab.isPresent() ? lab.get().spoken(addresses()) : Spoken.NOTHING;
    }

    @Override
    public void adopt(ProcessHandle program) throws IOException {
        programs.add(program);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        programs.end();
        try {
            // A stopped process does not end when it is asked to.
            for (long pid : cluster.nodePids().values()) {
                if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                    ClusterProcess.signal("CONT", pid);
                }
            }
            if (ProcessHandle.of(cluster.launcherPid())
                    .map(ProcessHandle::isAlive)
                    .orElse(false)) {
                ClusterProcess.signal("CONT", cluster.launcherPid());
            }
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage());
        }
        cluster.close();
        lab.ifPresent(CapturedLab::close);
        tricks.close();
        try {
            programs.undone();
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage());
        }
    }
}
