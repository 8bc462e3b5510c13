package org.sempervox.chaos.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.cluster.WorkTree;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code train}: makes the ahead-of-time cache that nodes start with (JEP 483, 515). The training run contains a take-over, so that the
 * profiles of the recovery path are in it ({@code docs/decisions}); the same jars, JDK and collector are needed to use it.
 */
@Command(
        name = "train",
        hidden = true,
        description = "Makes the ahead-of-time cache for nodes from a run with calls and a take-over.",
        mixinStandardHelpOptions = true)
public final class TrainVerb implements Verb {
    private static final int CALLS = 30;
    /** Pairs that call at the same time: the machine may be at work for others. */
    private static final int LINES = 4;

    /** Short calls of each pair: what is called less often than some thousand times is not compiled. */
    private static final int REHEARSALS = 900;

    private static final String SURVIVOR = "n2";

    @Parameters(paramLabel = "FILE", description = "the cache to write")
    @SuppressWarnings("NullAway.Init")
    private Path cache;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = cache.toAbsolutePath();
        Files.deleteIfExists(file);
        Path work = Path.of("work", "train-" + ProcessHandle.current().pid());
        Files.createDirectories(work);
        System.setProperty("sempervox.train", SURVIVOR + "=" + file);
        Path pbx = work.resolve("train-pbx.conf");
        int phoneCount = 2 * (CALLS + Demonstration.NEW_CALLS);
        Files.writeString(pbx, Phones.pbxFile(phoneCount));
        try (ClusterProcess cluster =
                ClusterProcess.start(work, List.of("--topology", "office", "--config", pbx.toString()), _ -> {})) {
            try (Phones phones = Phones.register(cluster.addresses(), phoneCount, "127.0.0.1")) {
                new Demonstration(cluster, phones, CALLS, _ -> {}).run("n1");
                int done = new Rehearsal(phones, LINES).run(REHEARSALS);
                System.out.printf("%d calls for the profiles%n", done);
            }
            ProcessHandle survivor = ProcessHandle.of(cluster.pid(SURVIVOR))
                    .orElseThrow(() -> new IOException(SURVIVOR + " does not live"));
            survivor.destroy();
            survivor.onExit().get(3, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            System.err.println("train: " + e);
            return Exit.BAD_VERDICT;
        } finally {
            WorkTree.delete(work);
        }
        if (!Files.exists(file)) {
            System.err.println("train: no cache was written");
            return Exit.BAD_VERDICT;
        }
        System.out.printf("%s: %d MiB%n", file.getFileName(), Files.size(file) >> 20);
        return Exit.DONE;
    }
}
