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
    private final NodesSeen seen;

    /** {@code running}: the state of one that does its work. */
    record Node(String name, boolean full, boolean core, String running) {}

    public RollingRestart(WorkFolder work, Progress progress) {
        this(work, progress, BACK_LIMIT);
    }

    /** {@code backLimit}: how long a node may be away. */
    RollingRestart(WorkFolder work, Progress progress, Duration backLimit) {
        this(work, progress, backLimit, nodes(work), NodesSeen.in(work));
    }

    RollingRestart(WorkFolder work, Progress progress, Duration backLimit, List<Node> nodes, NodesSeen seen) {
        this.work = work;
        this.progress = progress;
        this.backLimit = backLimit;
        this.nodes = nodes.stream()
                .sorted((a, b) -> Boolean.compare(b.full(), a.full()))
                .toList();
        this.seen = seen;
    }

    private static List<Node> nodes(WorkFolder work) {
        return NodeFile.names(work.config()).stream()
                .map(name -> NodeFile.read(work.config(), Optional.of(name)).node())
                .map(node -> node.roles().contains("witness")
                        ? new Node(node.name(), false, false, "up")
                        : new Node(node.name(), true, node.roles().contains("core"), "serving"))
                .toList();
    }

    /** Why it would be unsafe to begin now; empty if it is not. */
    public Optional<String> refusal() throws IOException {
        if (work.launcher().isEmpty()) {
            return Optional.of("no launcher runs in " + work.path() + ": nobody would start a node again");
        }
        if (nodes.stream().filter(Node::full).count() < 2
                || nodes.stream().filter(Node::core).count() == 1) {
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
     * @throws RestartFailure if one is missing, does not leave or does not come back in time; the rest is not restarted
     */
    public void run(List<String> chosen, Optional<Build> to) throws IOException, InterruptedException, RestartFailure {
        for (String name : chosen) {
            if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
                List<String> names = nodes.stream().map(Node::name).toList();
                throw new SettingsProblem("NODE", name, "one of " + String.join(", ", names));
            }
        }
        // Two of them at once could stop both full nodes.
        try (FileChannel file = FileChannel.open(work.config(), StandardOpenOption.WRITE);
                FileLock alone = lock(file)) {
            if (alone == null) {
                throw new RestartFailure("another rolling restart of " + work.path() + " is at work");
            }
            // The same one again, after an interruption: there is nothing to go back to.
            Optional<Build> former = Build.of(work).filter(build -> to.isPresent() && !build.equals(to.get()));
            if (to.isPresent()) {
                to.get().check(work);
                to.get().choose(work);
            }
            inTurn(chosen, former, to);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** {@code to} is chosen already. */
    void inTurn(List<String> chosen, Optional<Build> former, Optional<Build> to)
            throws IOException, InterruptedException, RestartFailure {
        var done = new ArrayList<String>();
        for (Node node : nodes) {
            if (chosen.isEmpty() || chosen.contains(node.name())) {
                try {
                    restart(node, to);
                } catch (RestartFailure e) {
                    throw former.isPresent() ? backTo(former.get(), node, done, e) : e;
                }
                done.add(node.name());
            }
        }
    }

    private void restart(Node node, Optional<Build> to) throws IOException, InterruptedException, RestartFailure {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new RestartFailure(missing.get() + ": " + node.name() + " was not restarted");
        }
        Seen old = seen.of(node.name());
        ProcessHandle process = old.process().orElseThrow();
        long start = System.nanoTime();
        progress.step(node.name() + " (pid " + process.pid() + ") gives its work away");
        process.destroy();
        try {
            process.onExit().get(LEAVE_LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RestartFailure(node.name() + " still runs " + LEAVE_LIMIT_S + " s after SIGTERM");
        }
        progress.step("%s left after %.1f s".formatted(node.name(), (System.nanoTime() - start) / 1e9));
        awaitAll();
        String runs = seen.of(node.name()).build();
        if (to.isPresent() && !runs.equals(to.get().name())) {
            throw new RestartFailure(node.name() + " runs " + runs + ", not "
                    + to.get().name() + ": its launcher does not know builds; use down and up");
        }
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

    /** The launcher starts the node again as it was if it has ended or hangs; one that does its work may be the last that does. */
    private RestartFailure backTo(Build former, Node node, List<String> done, RestartFailure failure)
            throws IOException {
        former.choose(work);
        Seen now = seen.of(node.name());
        boolean works = now.state().equals(node.running());
        if (!works) {
            now.process().ifPresent(ProcessHandle::destroy);
        }
        var newer = new ArrayList<>(done);
        if (works) {
            newer.add(node.name());
        }
        return new RestartFailure(failure.getMessage() + "; nodes start with " + former.name() + " again"
                + (newer.isEmpty() ? "" : ", but these may run the new build: " + newer));
    }

    /** The first node that is not as it should be, and how it is. */
    private Optional<String> missing() throws IOException {
        for (Node node : nodes) {
            String state = seen.of(node.name()).state();
            if (!state.equals(node.running())) {
                return Optional.of(node.name() + " is " + state);
            }
        }
        return Optional.empty();
    }
}
