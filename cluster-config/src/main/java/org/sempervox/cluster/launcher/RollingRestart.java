package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.launcher.NodesSeen.Seen;
import org.sempervox.cluster.launcher.PlannedWork.Node;

/**
 * Restarts the nodes of a work folder in turn, each by SIGTERM: it gives its work away and leaves, and the launcher starts it again. The next
 * one goes when all are there again.
 */
public final class RollingRestart {
    private static final Duration BACK_LIMIT = Duration.ofMinutes(3);

    private final PlannedWork work;
    private final Progress progress;
    private final Duration backLimit;

    public RollingRestart(WorkFolder work, Progress progress) {
        this(work, progress, BACK_LIMIT);
    }

    /** {@code backLimit}: how long a node may be away. */
    RollingRestart(WorkFolder work, Progress progress, Duration backLimit) {
        this(PlannedWork.in(work), progress, backLimit);
    }

    RollingRestart(PlannedWork work, Progress progress, Duration backLimit) {
        this.work = work;
        this.progress = progress;
        this.backLimit = backLimit;
    }

    /** Why it would be unsafe to begin now; empty if it is not. */
    public Optional<String> refusal() throws IOException {
        Optional<String> unsupervised = work.unsupervised();
        if (unsupervised.isPresent()) {
            return unsupervised;
        }
        List<Node> there = work.expected();
        if (there.stream().filter(Node::full).count() < 2
                || there.stream().filter(Node::core).count() == 1) {
            return Optional.of("there is one full node only: nobody would take its calls over");
        }
        return work.missing(there).map(what -> what + ": one node at a time may be missing");
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
            Node node = work.node(name);
            if (node.spare() || work.folder().drained(name)) {
                throw new RestartFailure(name + (node.spare() ? " was not started by the launcher" : " is drained")
                        + ": nobody would start it again");
            }
        }
        work.alone("rolling restart", () -> {
            WorkFolder folder = work.folder();
            // The same one again, after an interruption: there is nothing to go back to.
            Optional<Build> former = Build.of(folder).filter(build -> to.isPresent() && !build.equals(to.get()));
            if (to.isPresent()) {
                to.get().check(folder);
                to.get().choose(folder);
            }
            inTurn(chosen, former, to);
        });
    }

    /** {@code to} is chosen already. */
    void inTurn(List<String> chosen, Optional<Build> former, Optional<Build> to)
            throws IOException, InterruptedException, RestartFailure {
        var done = new ArrayList<String>();
        for (Node node : work.expected()) {
            if (!node.spare() && (chosen.isEmpty() || chosen.contains(node.name()))) {
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
        List<Node> there = work.expected();
        Optional<String> missing = work.missing(there);
        if (missing.isPresent()) {
            throw new RestartFailure(missing.get() + ": " + node.name() + " was not restarted");
        }
        long start = System.nanoTime();
        work.leave(node, progress);
        work.await(there, backLimit);
        String runs = work.seen(node).build();
        if (to.isPresent() && !runs.equals(to.get().name())) {
            throw new RestartFailure(node.name() + " runs " + runs + ", not "
                    + to.get().name() + ": its launcher does not know builds; use down and up");
        }
        progress.step("%s is %s again after %.1f s"
                .formatted(node.name(), node.running(), (System.nanoTime() - start) / 1e9));
    }

    /** The launcher starts the node again as it was if it has ended or hangs; one that does its work may be the last that does. */
    private RestartFailure backTo(Build former, Node node, List<String> done, RestartFailure failure)
            throws IOException {
        former.choose(work.folder());
        Seen now = work.seen(node);
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
}
