package org.sempervox.cluster.cli;

import java.io.IOException;
import java.util.Optional;
import org.sempervox.cluster.launcher.Drain;
import org.sempervox.cluster.launcher.RestartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drain}. */
@Command(
        name = "drain",
        description =
                "Takes a node of a work folder out of service without losing a call: it gives its calls away and stays away until undrain, or until the cluster is started anew.",
        mixinStandardHelpOptions = true)
public final class DrainVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WorkOption work;

    @Parameters(paramLabel = "NODE", description = "its name, as status gives it")
    @SuppressWarnings("NullAway.Init")
    private String node;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long start = System.nanoTime();
        var drain = new Drain(
                work.folder(),
                node,
                text -> System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text));
        Optional<String> refusal = drain.refusal();
        if (refusal.isPresent()) {
            System.err.println("drain: refused: " + refusal.get());
            return Exit.REFUSED;
        }
        try {
            drain.drain();
        } catch (RestartFailure e) {
            System.err.println("drain: " + e.getMessage());
            return Exit.BAD_VERDICT;
        }
        return Exit.DONE;
    }
}
