package org.sempervox.cluster.cli;

import java.io.IOException;
import org.sempervox.cluster.launcher.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code down}. */
@Command(
        name = "down",
        description = "Stops the cluster of a work folder; every node gives its work away and leaves.",
        mixinStandardHelpOptions = true)
public final class DownVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WorkOption work;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var killed = Shutdown.run(work.folder(), System.out::println);
        if (!killed.isEmpty()) {
            System.err.println("had to be killed: " + killed);
            return Exit.BAD_VERDICT;
        }
        System.out.println("down");
        return Exit.DONE;
    }
}
