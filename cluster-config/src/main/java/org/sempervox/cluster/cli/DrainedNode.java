package org.sempervox.cluster.cli;

import java.io.IOException;
import java.util.Optional;
import org.sempervox.cluster.launcher.Drain;
import org.sempervox.cluster.launcher.RestartFailure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code NODE --dir W} of {@code drain} and {@code undrain}, and how both tell what came of it. */
public final class DrainedNode {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WorkOption work;

    @Parameters(paramLabel = "NODE", description = "its name, as status gives it")
    @SuppressWarnings("NullAway.Init")
    private String node;

    /** Why it is refused; empty if it is not. */
    interface Refusal {
        Optional<String> of(Drain drain) throws IOException;
    }

    /** What is done unless it is refused. */
    interface Action {
        void on(Drain drain) throws IOException, InterruptedException, RestartFailure;
    }

    int run(String verb, Refusal refusal, Action action) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var drain = new Drain(
                work.folder(),
                node,
                text -> System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text));
        Optional<String> reason = refusal.of(drain);
        if (reason.isPresent()) {
            System.err.println(verb + ": refused: " + reason.get());
            return Exit.REFUSED;
        }
        try {
            action.on(drain);
        } catch (RestartFailure e) {
            System.err.println(verb + ": " + e.getMessage());
            return Exit.BAD_VERDICT;
        }
        return Exit.DONE;
    }
}
