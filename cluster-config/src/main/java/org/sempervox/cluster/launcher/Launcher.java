package org.sempervox.cluster.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.settings.HostsFile;
import org.sempervox.core.address.ServiceAddress;

/** A running cluster on this machine. Hosts the store and the processes, nothing else: no member, no telephone traffic. */
public final class Launcher implements AutoCloseable {
    private static final long START_LIMIT_MS = 180_000;
    private static final long POLL_MS = 100;
    private static final long STOP_LIMIT_MS = 35_000;
    /** States of a node that is no member yet. */
    private static final Set<String> OUTSIDE = Set.of("starting", "joining");

    private final LauncherOptions options;
    private final Progress progress;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());
    private WorkFolder.@Nullable Hold hold;
    private @Nullable StoreHost store;
    private boolean ours;

    private record Node(Topology.Member member, ChildProcess process) {
        String name() {
            return member.name();
        }
    }

    public Launcher(LauncherOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Returns when all nodes serve; bad settings are a SettingsProblem. After any exception everything is stopped again. */
    public void start() throws LaunchFailure, IOException, InterruptedException {
        boolean started = false;
        try {
            startAll();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** Full nodes first and together, those that others let join too, then the witness, then the store. */
    @Override
    public synchronized void close() {
        try {
            nodes.forEach(n -> n.process().restartNoMore());
            List<ProcessHandle> joined = joined();
            joined.forEach(ProcessHandle::destroy);
            stop(n -> !n.member().witness());
            awaitEnd(joined);
            stop(n -> n.member().witness());
            if (store != null) {
                store.close();
                store = null;
            }
            scheduler.shutdownNow();
            if (hold != null) {
                if (ours) {
                    options.work().clean();
                }
                hold.close();
                hold = null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            progress.step("stop: " + e.getMessage());
        }
    }

    private void startAll() throws LaunchFailure, IOException, InterruptedException {
        WorkFolder work = options.work();
        List<String> homes = options.topology().fullNodes().stream()
                .map(Topology.Member::name)
                .toList();
        hold = work.hold()
                .orElseThrow(() -> new LaunchFailure(work.path() + " is in use by another launcher"
                        + "; stop it with: sempervox down --dir " + work.path()));
        var left = new TreeSet<>(work.liveNodes().keySet());
        left.addAll(work.liveStores().keySet());
        if (!left.isEmpty()) {
            throw new LaunchFailure("processes of an earlier launcher still run in " + work.path() + ": " + left
                    + "; stop them with: sempervox down --dir " + work.path());
        }
        options.store().check(work);
        work.clean();
        ours = true;
        Build.own().choose(work);
        HostsFile hosts = options.hosts();
        List<Topology.Member> members = options.topology().members();
        boolean elsewhere =
                hosts.nodes().values().stream().anyMatch(host -> host.device().isPresent());
        List<ServiceAddress> addresses = Ports.serviceAddresses(options.sip(), homes, elsewhere);
        ClusterFiles.keys(work);
        Path pbx = ClusterFiles.pbx(work, options.pbx());
        StoreHost opened = StoreHost.of(options, scheduler, progress);
        store = opened;
        opened.start();
        if (options.topology().started().size() == 2) {
            progress.step("two nodes and no witness: the death of n2 is survived, the death of n1 is not");
        }
        int firstPort = Ports.clusterPorts(
                members.stream().map(member -> hosts.of(member.name())).toList(), work);
        ClusterFiles.config(work, options.topology(), hosts, firstPort, addresses, opened.configuration(), pbx);
        ClusterFiles.addresses(work, addresses);
        work.launcherKnowsDrains();
        startNodes();
        introduce(addresses, pbx);
    }

    private void startNodes() throws LaunchFailure, IOException, InterruptedException {
        Topology.Member former = options.topology().first();
        for (Topology.Member member : options.topology().started()) {
            nodes.add(new Node(member, child(member, member.equals(former) ? "form" : "others")));
        }
        Node first = nodes.stream()
                .filter(n -> n.member().equals(former))
                .findFirst()
                .orElseThrow();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS);
        first.process().start();
        for (Node node : nodes) {
            if (!node.equals(first)) {
                node.process().start();
            }
        }
        await(first, deadline);
        for (Node node : nodes) {
            if (!node.equals(first)) {
                await(node, deadline);
            }
        }
        nodes.forEach(n -> n.process().supervise());
    }

    /** {@code join}: how it joins at the first start: form or others. */
    private ChildProcess child(Topology.Member member, String join) {
        ChildProcess.Program program = again -> JavaCommand.node(
                options.work(),
                options.hosts().of(member.name()).command(),
                member,
                again ? (othersLive(member) ? "others" : "seeds") : join,
                build());
        return new ChildProcess(options.work(), member.name(), program, scheduler, progress);
    }

    private Build build() throws IOException {
        return Build.of(options.work()).orElseGet(Build::own);
    }

    /** A node that joins retries until the first one is there, so all start at once. */
    private void await(Node node, long deadline) throws LaunchFailure, IOException, InterruptedException {
        String wanted = node.member().witness() ? "up" : "serving";
        while (true) {
            for (Node any : nodes) {
                any.process().checkAlive();
            }
            if (state(node.name()).equals(wanted)) {
                progress.step(node.name() + " is " + wanted);
                return;
            }
            if (System.nanoTime() > deadline) {
                throw node.process()
                        .failure("is still " + state(node.name()) + " after " + START_LIMIT_MS / 1000 + " s");
            }
            new CountDownLatch(1).await(POLL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private String state(String node) {
        try {
            JsonNode status = AdminClient.of(options.work().admin(node)).get("/status");
            return status.path("state").asText();
        } catch (IOException e) {
            return "starting";
        }
    }

    private boolean othersLive(Topology.Member member) {
        // One that is still looking for others is none to join: the first seed would wait for it, and it for the first
        // seed.
        return nodes.stream()
                .anyMatch(n -> !n.member().equals(member) && n.process().alive() && !OUTSIDE.contains(state(n.name())));
    }

    private void stop(Predicate<Node> which) throws InterruptedException {
        List<Node> chosen = nodes.stream().filter(which).toList();
        chosen.forEach(n -> n.process().terminate());
        for (Node node : chosen) {
            node.process().awaitEnd(STOP_LIMIT_MS);
            progress.step(node.name() + " stopped");
        }
    }

    /** Spare nodes that run. */
    private List<ProcessHandle> joined() throws IOException {
        List<String> spare = options.topology().members().stream()
                .filter(Topology.Member::spare)
                .map(Topology.Member::name)
                .toList();
        return ours
                ? options.work().liveNodes().entrySet().stream()
                        .filter(node -> spare.contains(node.getKey()))
                        .map(Map.Entry::getValue)
                        .toList()
                : List.of();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(STOP_LIMIT_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly();
            }
        }
    }

    private void introduce(List<ServiceAddress> addresses, Path pbx) {
        for (ServiceAddress address : addresses) {
            progress.step("SIP (UDP) on " + address.sentBy() + ", home " + address.home());
        }
        progress.step("register a softphone: user and password from " + pbx + ", domain " + ClusterFiles.REALM
                + ", proxy or registrar " + addresses.getFirst().sentBy()
                + (addresses.size() > 1 ? ", the others as alternatives" : ""));
    }
}
