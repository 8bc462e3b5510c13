package org.sempervox.chaos.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sempervox.chaos.ground.Heal;
import org.sempervox.cluster.cli.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code chaos heal}. */
@Command(
        name = "heal",
        description = "Cleans up after a run that was killed itself: processes, network namespaces, rules, mounts.",
        mixinStandardHelpOptions = true)
final class HealCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "work",
            description = "folder of the run, or one above it (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path top;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> folders = Heal.wanted(top);
        if (folders.isEmpty()) {
            System.out.println("nothing to heal below " + top);
        }
        for (Path folder : folders) {
            System.out.println("healing " + folder);
            for (String done : Heal.heal(folder)) {
                System.out.println("  " + done);
            }
        }
        return Exit.DONE;
    }
}
