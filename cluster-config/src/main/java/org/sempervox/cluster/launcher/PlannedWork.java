package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.launcher.NodesSeen.Seen;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.SettingsProblem;

/** What work on the nodes of a work folder has in common: who is there, one at a time, an orderly end, a return within a limit. */
final class PlannedWork {
    private static final long LEAVE_LIMIT_S = 60;
    private static final long POLL_MS = 100;

    private final WorkFolder work;
    private final List<Node> nodes;
    private final NodesSeen seen;

    /**
     * One that is planned.
     *
     * @param spare not started by the launcher; whoever wants it lets it join
     * @param running the state of one that does its work
     */
    record Node(String name, boolean full, boolean core, boolean spare, String running) {}

    PlannedWork(WorkFolder work, List<Node> nodes, NodesSeen seen) {
        this.work = work;
        this.nodes = nodes.stream()
                .sorted((a, b) -> Boolean.compare(b.full(), a.full()))
                .toList();
        this.seen = seen;
    }

    static PlannedWork in(WorkFolder work) {
        return new PlannedWork(work, nodes(work), NodesSeen.in(work));
    }

    private static List<Node> nodes(WorkFolder work) {
        return NodeFile.names(work.config()).stream()
                .map(name -> node(NodeFile.read(work.config(), Optional.of(name))))
                .toList();
    }

    private static Node node(NodeFile file) {
        var roles = file.node().roles();
        boolean full = !roles.contains("witness");
        boolean spare = !file.member().seeds().contains(file.member().hostPort());
        return new Node(file.node().name(), full, roles.contains("core"), spare, full ? "serving" : "up");
    }

    WorkFolder folder() {
        return work;
    }

    /** Full nodes first. */
    List<Node> nodes() {
        return nodes;
    }

    Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingsProblem(
                        "NODE",
                        name,
                        "one of "
                                + String.join(
                                        ", ", nodes.stream().map(Node::name).toList())));
    }

    Seen seen(Node node) throws IOException {
        return seen.of(node.name());
    }

    /** Why nobody would start a node again; empty if somebody would. */
    Optional<String> unsupervised() throws IOException {
        return work.launcher().isPresent()
                ? Optional.empty()
                : Optional.of("no launcher runs in " + work.path() + ": nobody would start a node again");
    }

    /** Those that should do their work now: neither drained nor spare nodes that nobody let join. */
    List<Node> expected() throws IOException {
        var expected = new ArrayList<Node>();
        for (Node node : nodes) {
            boolean away = work.drained(node.name())
                    || node.spare() && seen(node).process().isEmpty();
            if (!away) {
                expected.add(node);
            }
        }
        return expected;
    }

    /** The first of these that is not as it should be, and how it is. */
    Optional<String> missing(List<Node> wanted) throws IOException {
        for (Node node : wanted) {
            String state = seen(node).state();
            if (!state.equals(node.running())) {
                return Optional.of(node.name() + " is " + state);
            }
        }
        return Optional.empty();
    }

    /** What only one may do at a time, or both full nodes could be stopped. */
    interface Alone {
        void run() throws IOException, InterruptedException, RestartFailure;
    }

    void alone(String what, Alone action) throws IOException, InterruptedException, RestartFailure {
        try (FileChannel file = FileChannel.open(work.config(), StandardOpenOption.WRITE);
                FileLock alone = lock(file)) {
            if (alone == null) {
                throw new RestartFailure("a drain or a rolling restart of " + work.path() + " is at work: no " + what);
            }
            action.run();
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Asks it to give its work away and to leave. */
    void leave(Node node, Progress progress) throws IOException, InterruptedException, RestartFailure {
        ProcessHandle process =
                seen(node).process().orElseThrow(() -> new RestartFailure(node.name() + " has no process"));
        long start = System.nanoTime();
        progress.step(node.name() + " (pid " + process.pid() + ") gives its work away");
        process.destroy();
        try {
            process.onExit().get(LEAVE_LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RestartFailure(node.name() + " still runs " + LEAVE_LIMIT_S + " s after SIGTERM");
        }
        progress.step("%s left after %.1f s".formatted(node.name(), (System.nanoTime() - start) / 1e9));
    }

    /** Returns when all of them do their work. */
    void await(List<Node> wanted, Duration limit) throws IOException, InterruptedException, RestartFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Optional<String> missing = missing(wanted); missing.isPresent(); missing = missing(wanted)) {
            if (System.nanoTime() - deadline > 0) {
                throw new RestartFailure(
                        missing.get() + " after " + limit.toSeconds() + " s; see the logs in " + work.path());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}
