package org.sempervox.cluster.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.core.address.ServiceAddress;

/** A running cluster on this machine. Hosts the store and the processes, nothing else: no member, no telephone traffic. */
public final class Launcher implements AutoCloseable {
    private static final long START_LIMIT_MS = 180_000;
    private static final long POLL_MS = 100;
    private static final long STOP_LIMIT_MS = 35_000;

    private final LauncherOptions options;
    private final Progress progress;
    private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restarts").factory());
    private WorkFolder.@Nullable Hold hold;
    private @Nullable EmbeddedStore store;

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
        } catch (SQLException e) {
            throw new LaunchFailure("the store in " + options.work().store() + " cannot be opened: " + e.getMessage());
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** Full nodes first and together, then the witness, then the store. */
    @Override
    public synchronized void close() {
        try {
            nodes.forEach(NodeProcess::restartNoMore);
            stop(n -> !n.member().witness());
            stop(n -> n.member().witness());
            scheduler.shutdownNow();
            if (store != null) {
                store.close();
                store = null;
            }
            if (hold != null) {
                if (!nodes.isEmpty()) {
                    options.work().clean();
                }
                hold.close();
                hold = null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | SQLException e) {
            progress.step("stop: " + e.getMessage());
        }
    }

    private void startAll() throws LaunchFailure, IOException, SQLException, InterruptedException {
        WorkFolder work = options.work();
        List<String> homes = options.topology().fullNodes().stream()
                .map(Topology.Member::name)
                .toList();
        hold = work.hold()
                .orElseThrow(() -> new LaunchFailure(work.path() + " is in use by another launcher"
                        + "; stop it with: sempervox down --dir " + work.path()));
        Map<String, ProcessHandle> left = work.liveNodes();
        if (!left.isEmpty()) {
            throw new LaunchFailure("nodes of an earlier launcher still run in " + work.path() + ": " + left.keySet()
                    + "; stop them with: sempervox down --dir " + work.path());
        }
        work.clean();
        List<ServiceAddress> addresses = Ports.serviceAddresses(options.sip(), homes);
        ClusterFiles.key(work);
        Path pbx = ClusterFiles.pbx(work, options.pbx());
        EmbeddedStore opened = EmbeddedStore.start(work.store());
        store = opened;
        progress.step("store: H2 on 127.0.0.1:" + opened.settings().port()
                + "; it survives the death of nodes, not of this launcher or the disk");
        if (options.topology().members().size() == 2) {
            progress.step("two nodes and no witness: the death of n2 is survived, the death of n1 is not");
        }
        int firstPort = Ports.clusterPorts(options.topology().members().size(), work);
        ClusterFiles.config(work, options.topology(), firstPort, addresses, opened.settings(), pbx);
        ClusterFiles.addresses(work, addresses);
        startNodes();
        introduce(addresses, pbx);
    }

    private void startNodes() throws LaunchFailure, IOException, InterruptedException {
        for (Topology.Member member : options.topology().members()) {
            nodes.add(new NodeProcess(options.work(), member, scheduler, progress, () -> othersLive(member)));
        }
        NodeProcess first = nodes.stream()
                .filter(n -> n.member().equals(options.topology().first()))
                .findFirst()
                .orElseThrow();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS);
        first.start("form");
        for (NodeProcess node : nodes) {
            if (node != first) {
                node.start("others");
            }
        }
        await(first, deadline);
        for (NodeProcess node : nodes) {
            if (node != first) {
                await(node, deadline);
            }
        }
        nodes.forEach(NodeProcess::supervise);
    }

    /** A node that joins retries until the first one is there, so all start at once. */
    private void await(NodeProcess node, long deadline) throws LaunchFailure, InterruptedException {
        String name = node.member().name();
        String wanted = node.member().witness() ? "up" : "serving";
        while (true) {
            for (NodeProcess any : nodes) {
                if (any.exitCode() >= 0) {
                    throw new LaunchFailure(any.member().name() + " ended with " + any.exitCode()
                            + " while it started; the end of "
                            + options.work().log(any.member().name()) + ":\n  "
                            + String.join("\n  ", any.lastWords()));
                }
            }
            if (state(name).equals(wanted)) {
                progress.step(name + " is " + wanted);
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new LaunchFailure(name + " is still " + state(name) + " after " + START_LIMIT_MS / 1000
                        + " s; the end of " + options.work().log(name) + ":\n  "
                        + String.join("\n  ", node.lastWords()));
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
        return nodes.stream().anyMatch(n -> !n.member().equals(member) && n.alive());
    }

    private void stop(Predicate<NodeProcess> which) throws InterruptedException {
        List<NodeProcess> chosen = nodes.stream().filter(which).toList();
        chosen.forEach(NodeProcess::terminate);
        for (NodeProcess node : chosen) {
            node.awaitEnd(STOP_LIMIT_MS);
            progress.step(node.member().name() + " stopped");
        }
    }

    private void introduce(List<ServiceAddress> addresses, Path pbx) {
        for (ServiceAddress address : addresses) {
            progress.step("SIP (UDP) on " + address.sentBy() + ", home " + address.home());
        }
        progress.step("register a softphone: user and password from " + pbx + ", domain " + ClusterFiles.REALM
                + ", proxy or registrar " + addresses.getFirst().sentBy()
                + ", the others as alternatives");
    }
}
