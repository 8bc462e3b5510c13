package org.sempervox.cluster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.launcher.Build;
import org.sempervox.cluster.launcher.RestartFailure;
import org.sempervox.cluster.launcher.RollingRestart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rolling-restart}. */
@Command(
        name = "rolling-restart",
        description =
                "Restarts the nodes of a work folder one after another without losing a call; with --to, with another build.",
        mixinStandardHelpOptions = true)
public final class RollingRestartVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WorkOption work;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "the build that nodes start with from now on (default: the one they have)")
    private @Nullable Path to;

    @Parameters(paramLabel = "NODE", arity = "0..*", description = "only these (default: all, full nodes first)")
    private List<String> chosen = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Optional<Build> build = to == null ? Optional.empty() : Optional.of(Build.in(to));
        var restart = new RollingRestart(
                work.folder(), text -> System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text));
        Optional<String> refusal = restart.refusal();
        if (refusal.isPresent()) {
            System.err.println("rolling-restart: refused: " + refusal.get());
            return Exit.REFUSED;
        }
        try {
            restart.run(chosen, build);
        } catch (RestartFailure e) {
            System.err.println("rolling-restart: " + e.getMessage());
            return Exit.BAD_VERDICT;
        }
        return Exit.DONE;
    }
}
