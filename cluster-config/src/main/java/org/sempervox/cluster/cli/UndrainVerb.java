package org.sempervox.cluster.cli;

import java.io.IOException;
import java.util.Optional;
import org.sempervox.cluster.launcher.Drain;
import org.sempervox.cluster.launcher.RestartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code undrain}. */
@Command(
        name = "undrain",
        description = "Starts a drained node again and waits until it does its work.",
        mixinStandardHelpOptions = true)
public final class UndrainVerb implements Verb {
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
        Optional<String> refusal = drain.unsupervised();
        if (refusal.isPresent()) {
            System.err.println("undrain: refused: " + refusal.get());
            return Exit.REFUSED;
        }
        try {
            drain.undrain();
        } catch (RestartFailure e) {
            System.err.println("undrain: " + e.getMessage());
            return Exit.BAD_VERDICT;
        }
        return Exit.DONE;
    }
}
