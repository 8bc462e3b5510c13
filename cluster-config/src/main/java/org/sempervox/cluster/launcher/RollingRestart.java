package org.sempervox.cluster.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.cluster.admin.AdminClient;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * Restarts the nodes of a work folder in turn, each by SIGTERM: it gives its work away and leaves, and the launcher starts it again. The next
 * one goes when all are there again.
 */
public final class RollingRestart {
    private static final long LEAVE_LIMIT_S = 60;
    private static final Duration BACK_LIMIT = Duration.ofMinutes(3);
    private static final long POLL_MS = 100;

    private final WorkFolder work;
    private final Progress progress;
    private final Duration backLimit;
    private final List<Node> nodes;

    /** {@code running}: the state of one that does its work. */
    private record Node(String name, boolean full, String running) {}

    public RollingRestart(WorkFolder work, Progress progress) {
        this(work, progress, BACK_LIMIT);
    }

    /** {@code backLimit}: how long a node may be away. */
    RollingRestart(WorkFolder work, Progress progress, Duration backLimit) {
        this.work = work;
        this.progress = progress;
        this.backLimit = backLimit;
        this.nodes = NodeFile.names(work.config()).stream()
                .map(name -> NodeFile.read(work.config(), Optional.of(name)).node())
                .map(node -> node.roles().contains("witness")
                        ? new Node(node.name(), false, "up")
                        : new Node(node.name(), true, "serving"))
                .sorted((a, b) -> Boolean.compare(b.full(), a.full()))
                .toList();
    }

    /** Why it would be unsafe to begin now; empty if it is not. */
    public Optional<String> refusal() throws IOException {
        if (work.launcher().isEmpty()) {
            return Optional.of("no launcher runs in " + work.path() + ": nobody would start a node again");
        }
        if (nodes.stream().filter(Node::full).count() < 2) {
            return Optional.of("there is one full node only: nobody would take its calls over");
        }
        return missing().map(what -> what + ": one node at a time may be missing");
    }

    /**
     * Restarts them, full nodes first.
     *
     * @param chosen names of nodes; none means all
     * @param to what they and all that start later run; empty for what they run now. If a node does not come back with it, nodes are started
     *     with the former one again; those restarted before keep the new one until they end
     * @throws RestartFailure if one does not leave or does not come back in time; the rest is not restarted
     */
    public void run(List<String> chosen, Optional<Build> to) throws IOException, InterruptedException, RestartFailure {
        for (String name : chosen) {
            if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
                throw new SettingsProblem(
                        "NODE",
                        name,
                        "one of "
                                + String.join(
                                        ", ", nodes.stream().map(Node::name).toList()));
            }
        }
        Optional<Build> former = Build.of(work);
        if (to.isPresent()) {
            to.get().check(work);
            to.get().choose(work);
        }
        var done = new ArrayList<String>();
        for (Node node : nodes) {
            if (chosen.isEmpty() || chosen.contains(node.name())) {
                try {
                    restart(node);
                } catch (RestartFailure e) {
                    throw to.isPresent() && former.isPresent() ? backTo(former.get(), node, done, e) : e;
                }
                done.add(node.name());
            }
        }
    }

    private void restart(Node node) throws IOException, InterruptedException, RestartFailure {
        ProcessHandle old = work.liveNodes().get(node.name());
        if (old == null) {
            throw new RestartFailure(node.name() + " has ended by itself");
        }
        long start = System.nanoTime();
        progress.step(node.name() + " (pid " + old.pid() + ") gives its work away");
        old.destroy();
        try {
            old.onExit().get(LEAVE_LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RestartFailure(node.name() + " still runs " + LEAVE_LIMIT_S + " s after SIGTERM");
        }
        progress.step("%s left after %.1f s".formatted(node.name(), (System.nanoTime() - start) / 1e9));
        awaitAll();
        progress.step("%s is %s again after %.1f s"
                .formatted(node.name(), node.running(), (System.nanoTime() - start) / 1e9));
    }

    private void awaitAll() throws IOException, InterruptedException, RestartFailure {
        long deadline = System.nanoTime() + backLimit.toNanos();
        for (Optional<String> missing = missing(); missing.isPresent(); missing = missing()) {
            if (System.nanoTime() - deadline > 0) {
                throw new RestartFailure(
                        missing.get() + " after " + backLimit.toSeconds() + " s; see the logs in " + work.path());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** The launcher starts the node again as it was, whether it has ended or hangs. */
    private RestartFailure backTo(Build former, Node node, List<String> done, RestartFailure failure)
            throws IOException {
        former.choose(work);
        ProcessHandle hanging = work.liveNodes().get(node.name());
        if (hanging != null) {
            hanging.destroy();
        }
        return new RestartFailure(failure.getMessage() + "; nodes start with "
                + former.classPath().getFirst() + " again"
                + (done.isEmpty() ? "" : ", but these run the new build: " + done));
    }

    /** The first node that is not as it should be, and how it is. */
    private Optional<String> missing() throws IOException {
        var live = work.liveNodes();
        for (Node node : nodes) {
            ProcessHandle process = live.get(node.name());
            String state = process == null ? "down" : state(node, process.pid());
            if (!state.equals(node.running())) {
                return Optional.of(node.name() + " is " + state);
            }
        }
        return Optional.empty();
    }

    private String state(Node node, long pid) {
        try {
            JsonNode status = AdminClient.of(work.admin(node.name())).get("/status");
            return status.path("pid").asLong() == pid ? status.path("state").asText() : "starting";
        } catch (IOException e) {
            return "starting";
        }
    }
}
