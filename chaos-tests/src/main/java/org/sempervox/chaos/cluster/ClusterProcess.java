package org.sempervox.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.command.Program;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.launcher.Topology;

/**
 * A cluster started by {@code up} in a child process. Knows of it only what an operator could know: the files in the work folder and the
 * admin pages. Faults are what the operating system offers. Not thread-safe, but {@link #close} may be called from a shutdown hook.
 */
public final class ClusterProcess implements AutoCloseable {
    private static final String NODE_OPTIONS = "SEMPERVOX_NODE_OPTIONS";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HANDED_ON = List.of("sempervox.train", "sempervox.cassandra.lib");
    private static final long STOP_LIMIT_S = 60;

    private final Path work;
    private final Process launcher;
    private final JoinedNodes joined = new JoinedNodes();

    private ClusterProcess(Path work, Process launcher) {
        this.work = work;
        this.launcher = launcher;
    }

    /**
     * Starts one and returns when it serves.
     *
     * @param arguments of {@code up}, without {@code --dir}; without {@code --sip} it gets addresses of its own
     * @param progress gets the launcher's lines
     * @throws IOException if it ends before it serves; the message holds its last lines
     */
    public static ClusterProcess start(Path work, List<String> arguments, Consumer<String> progress)
            throws IOException {
        return start(work, arguments, List.of(), progress);
    }

    /** Likewise; {@code options}: of the nodes' virtual machines, settings among them. */
    public static ClusterProcess start(
            Path work, List<String> arguments, List<String> options, Consumer<String> progress) throws IOException {
        return start(work, System.getProperty("java.class.path"), arguments, options, progress);
    }

    /** Likewise, of another build; {@code classPath}: of its program. */
    public static ClusterProcess start(
            Path work, String classPath, List<String> arguments, List<String> options, Consumer<String> progress)
            throws IOException {
        var settings = new ArrayList<>(List.of("-Dsempervox.log=WARN"));
        for (String property : HANDED_ON) {
            String value = System.getProperty(property);
            if (value != null) {
                settings.add("-D" + property + "=" + value);
            }
        }
        var words = new ArrayList<>(List.of("up", "--dir", work.toString()));
        words.addAll(arguments);
        if (!arguments.contains("--sip")) {
            words.addAll(List.of("--sip", String.join(",", ownAddresses(arguments))));
        }
        var builder = new ProcessBuilder(Program.command(classPath, settings, words)).redirectErrorStream(true);
        if (!options.isEmpty()) {
            builder.environment().merge(NODE_OPTIONS, String.join(" ", options), (given, own) -> given + " " + own);
        }
        Process process = builder.start();
        var cluster = new ClusterProcess(work, process);
        var lines = new ArrayList<String>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            progress.accept(line);
            if (line.strip().endsWith("ready") && line.contains(" s  ready")) {
                cluster.drainOutput(out);
                return cluster;
            }
        }
        cluster.close();
        throw new IOException("the cluster did not start: " + String.join(" | ", lines));
    }

    /**
     * Lets a spare node join; it serves when {@link #awaitServing} returns.
     *
     * @param front comes before its command line: what brings it to its host
     */
    public void join(String node, List<String> front) throws IOException {
        var command = new ArrayList<>(front);
        Path nice = Path.of("/usr/bin/nice");
        if ("root".equals(System.getProperty("user.name")) && Files.isExecutable(nice)) {
            // As the launcher's nodes: one that waits for the processor is one that they give up.
            command.addAll(List.of(nice.toString(), "-n", "-10"));
        }
        String config = work.resolve("cluster.conf").toString();
        command.addAll(Program.command(
                List.of("-Dsempervox.log=INFO"),
                List.of("node", "--config", config, "--name", node, "--join", "others")));
        joined.start(work.resolve(node + ".log"), command);
    }

    /**
     * Loopback addresses of this process alone. Clusters that start at the same time would find the default ones free and share them, since
     * a node binds an address even if another has it (S15): each would take the other's calls.
     */
    private static List<String> ownAddresses(List<String> arguments) {
        int topology = arguments.indexOf("--topology");
        int spare = arguments.indexOf("--spare");
        int nodes = Topology.of(topology < 0 ? "office" : arguments.get(topology + 1), List.of())
                .withSpares(spare < 0 ? 0 : Integer.parseInt(arguments.get(spare + 1)))
                .fullNodes()
                .size();
        long pid = ProcessHandle.current().pid();
        var all = new ArrayList<String>();
        for (int i = 0; i < nodes; i++) {
            all.add("127.%d.%d.%d:5060".formatted(1 + pid / 250 % 120, 1 + pid % 250, 11 + i));
        }
        return all;
    }

    /** The launcher must never block on a full pipe. */
    private void drainOutput(BufferedReader out) {
        Thread.ofVirtual().start(() -> {
            try {
                while (out.readLine() != null) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                // The launcher has ended.
            }
        });
    }

    public Path work() {
        return work;
    }

    public long launcherPid() {
        return launcher.pid();
    }

    /** The service addresses in their order. */
    public List<InetSocketAddress> addresses() throws IOException {
        JsonNode json = JSON.readTree(work.resolve("addresses.json").toFile());
        var all = new ArrayList<InetSocketAddress>();
        json.path("addresses")
                .forEach(address -> all.add(new InetSocketAddress(
                        address.path("host").asText(), address.path("port").asInt())));
        return all;
    }

    /** Pid of a node by its file; -1 if it has none. */
    public long pid(String node) throws IOException {
        Path file = work.resolve(node + ".pid");
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : -1;
    }

    /** Pids of all nodes by name, the witness too. */
    public Map<String, Long> nodePids() throws IOException {
        var pids = new TreeMap<String, Long>();
        try (var files = Files.newDirectoryStream(work, "*.pid")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.equals("launcher.pid")) {
                    pids.put(
                            name.substring(0, name.length() - ".pid".length()),
                            Long.parseLong(Files.readString(file).strip()));
                }
            }
        }
        return pids;
    }

    /** The nodes with all roles, by the files of the work folder: those that are no witness and were started at least once. */
    public List<String> fullNodes() throws IOException {
        return ClusterPlan.fullNodes(work);
    }

    /** The node that says it serves that address now, {@code host:port}; empty if none or more than one says so. */
    public Optional<String> owner(InetSocketAddress address) throws IOException {
        String name = address.getHostString() + ":" + address.getPort();
        List<String> owners = pages("/status").entrySet().stream()
                .filter(status -> status.getValue()
                        .path("serviceAddresses")
                        .valueStream()
                        .anyMatch(served -> served.asText().equals(name)))
                .map(Map.Entry::getKey)
                .toList();
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }

    /** The full node that allocates the shards of calls, which is the oldest member with its roles: the last to say so in its log. */
    public String oldest() throws IOException {
        String oldest = "";
        String since = "";
        for (String node : fullNodes()) {
            String said;
            try (var lines = Files.lines(work.resolve(node + ".log"))) {
                said = lines.filter(
                                line -> line.contains("starting singleton actor") && line.contains("CallCoordinator"))
                        .reduce("", (_, last) -> last);
            }
            if (said.compareTo(since) > 0) {
                since = said;
                oldest = node;
            }
        }
        if (oldest.isEmpty()) {
            throw new IOException("no log in " + work + " says who allocates the shards");
        }
        return oldest;
    }

    /** Done when the node serves as another process than that one. */
    public void awaitServing(String node, long otherThanPid, Duration within) throws IOException, InterruptedException {
        Path admin = work.resolve(node + ".admin");
        boolean serves = holds(within, () -> {
            JsonNode status = page(admin, "/status");
            return status != null
                    && status.path("state").asText().equals("serving")
                    && status.path("pid").asLong() != otherThanPid;
        });
        if (!serves) {
            throw new IOException(
                    node + " does not serve again after " + within.toSeconds() + " s: " + page(admin, "/status"));
        }
    }

    /** Something about the cluster that is asked again and again. */
    @FunctionalInterface
    private interface Question {
        boolean holds() throws IOException;
    }

    /** Asks at least once; false if it did not hold in that time. */
    private static boolean holds(Duration within, Question question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!question.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    /** The page of every node that answers, by node name. */
    public Map<String, JsonNode> pages(String path) throws IOException {
        var answers = new TreeMap<String, JsonNode>();
        try (var files = Files.newDirectoryStream(work, "*.admin")) {
            for (Path file : files) {
                JsonNode answer = page(file, path);
                if (answer != null) {
                    String name = file.getFileName().toString();
                    answers.put(name.substring(0, name.length() - ".admin".length()), answer);
                }
            }
        }
        return answers;
    }

    private static @Nullable JsonNode page(Path file, String path) {
        try {
            return AdminClient.of(file).get(path);
        } catch (IOException e) {
            return null;
        }
    }

    /** All calls of all nodes. */
    public List<JsonNode> calls() throws IOException {
        var all = new ArrayList<JsonNode>();
        for (JsonNode page : pages("/calls").values()) {
            page.forEach(all::add);
        }
        return all;
    }

    /** All call records, from any node that answers. */
    public List<JsonNode> records() throws IOException {
        for (JsonNode page : pages("/cdr").values()) {
            if (page instanceof ArrayNode array) {
                var all = new ArrayList<JsonNode>();
                array.forEach(all::add);
                return all;
            }
        }
        return List.of();
    }

    /** Done when there are so many records; those there are when the time is over. */
    public List<JsonNode> awaitRecords(int count, Duration within) throws IOException, InterruptedException {
        var _ = holds(within, () -> records().size() >= count);
        return records();
    }

    /** Done when that process, a node or a Cassandra, lives again. */
    public void awaitPid(String name, Duration within) throws IOException, InterruptedException {
        if (!holds(
                within,
                () -> ProcessHandle.of(pid(name)).map(ProcessHandle::isAlive).orElse(false))) {
            throw new IOException(name + " was not started again in " + within.toSeconds() + " s");
        }
    }

    /** Kills every process of the work folder at once, the launcher and its store too; {@link #close} is still needed. */
    public void killAll() throws IOException {
        signal("KILL", launcher.pid());
        try (var files = Files.newDirectoryStream(work, "*.pid")) {
            for (Path file : files) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** Whether all processes are gone, after having waited so long. */
    public boolean awaitNothing(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        return launcher.waitFor(5, TimeUnit.SECONDS);
    }

    public void kill(String node) throws IOException {
        signal("KILL", node);
    }

    public void signal(String signal, String node) throws IOException {
        long pid = pid(node);
        if (pid < 0) {
            throw new IOException("node " + node + " has no pid file in " + work);
        }
        signal(signal, pid);
    }

    /** Sends a signal ({@code KILL}, {@code STOP}, {@code CONT}, {@code TERM}) to a process. */
    public static void signal(String signal, long pid) throws IOException {
        var process = ProcessHandle.of(pid);
        if (process.isPresent() && signal.equals("KILL")) {
            // No process of its own, which would take time that counts.
            process.get().destroyForcibly();
            return;
        }
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("kill -" + signal + " " + pid + ": exit " + kill.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Graceful end of launcher, nodes and store; what does not end in a minute is killed. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(launcher.descendants().toList());
        all.addAll(joined.close());
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            launcher.destroyForcibly();
        }
        all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
