package org.sempervox.cluster.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.launcher.PlannedWork.Node;

/**
 * Takes one node of a work folder out of service for as long as one likes, and back: it gives its work away and leaves, and the launcher does
 * not start it again while its mark is in the folder.
 */
public final class Drain {
    private static final Duration BACK_LIMIT = Duration.ofMinutes(3);

    private final PlannedWork work;
    private final Node node;
    private final Progress progress;

    /** An unknown node is a SettingsProblem. */
    public Drain(WorkFolder work, String node, Progress progress) {
        this(PlannedWork.in(work), node, progress);
    }

    Drain(PlannedWork work, String node, Progress progress) {
        this.work = work;
        this.node = work.node(node);
        this.progress = progress;
    }

    /** Why nobody would start the node again; empty if somebody would. */
    public Optional<String> unsupervised() throws IOException {
        return work.unsupervised();
    }

    /** Why it would be unsafe to drain it now; empty if it is not. */
    public Optional<String> refusal() throws IOException {
        Optional<String> unsupervised = work.unsupervised();
        if (unsupervised.isPresent() || drained()) {
            return unsupervised;
        }
        if (!work.folder().drainsAreKnown()) {
            return Optional.of("the launcher is of an older build and would start " + node.name()
                    + " again; renew it with down and up");
        }
        if (node.spare()) {
            return Optional.of(node.name()
                    + " was not started by the launcher, which could not start it again; end it with SIGTERM");
        }
        List<Node> others = others();
        if (node.full() && others.stream().noneMatch(Node::full)) {
            return Optional.of("no other full node serves: nobody would take the calls of " + node.name() + " over");
        }
        if (node.core() && others.stream().noneMatch(Node::core)) {
            return Optional.of("no other core node serves: nobody would take the calls of " + node.name() + " over");
        }
        return work.missing(others).map(what -> what + ": one node at a time may be missing");
    }

    private List<Node> others() throws IOException {
        return work.expected().stream().filter(other -> !other.equals(node)).toList();
    }

    private boolean drained() throws IOException {
        return work.folder().drained(node.name()) && work.seen(node).process().isEmpty();
    }

    /**
     * Returns when it has left; at once if it had.
     *
     * @throws RestartFailure if it does not leave, or it has become unsafe; it is not drained then
     */
    public void drain() throws IOException, InterruptedException, RestartFailure {
        work.alone("drain", () -> {
            if (drained()) {
                progress.step(node.name() + " is drained already");
                return;
            }
            Optional<String> unsafe = refusal();
            if (unsafe.isPresent()) {
                throw new RestartFailure(unsafe.get());
            }
            work.folder().mark(node.name());
            boolean left = false;
            try {
                // One that the launcher was just starting again has its process a moment later.
                while (work.seen(node).process().isPresent()) {
                    work.leave(node, progress);
                }
                left = true;
            } finally {
                if (!left) {
                    work.folder().unmark(node.name());
                }
            }
            List<String> serving = others().stream().map(Node::name).toList();
            progress.step(
                    node.name() + " is drained, " + String.join(", ", serving) + (serving.size() == 1 ? " is" : " are")
                            + " left; back with: sempervox undrain " + node.name() + " --dir "
                            + work.folder().path());
        });
    }

    /**
     * Returns when it does its work again; at once if it does.
     *
     * @throws RestartFailure if it does not come back in time; the launcher goes on trying
     */
    public void undrain() throws IOException, InterruptedException, RestartFailure {
        work.alone("undrain", () -> {
            if (!work.folder().drained(node.name())) {
                progress.step(node.name() + " is not drained, it is "
                        + work.seen(node).state());
                return;
            }
            long start = System.nanoTime();
            work.folder().unmark(node.name());
            work.await(List.of(node), BACK_LIMIT);
            progress.step("%s is %s again after %.1f s"
                    .formatted(node.name(), node.running(), (System.nanoTime() - start) / 1e9));
        });
    }
}
