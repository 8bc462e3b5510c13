package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.sempervox.cluster.launcher.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code down}. */
@Command(
        name = "down",
        description =
                "Stops the cluster of a work folder; every node gives its work away and leaves, then the store ends.",
        mixinStandardHelpOptions = true)
public final class DownVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private NodesOption nodes;

    @Option(
            names = "--drain",
            description = "first wait until no call is in progress; new calls are still taken meanwhile")
    private boolean drain;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (drain) {
            awaitSilence();
        }
        var killed = Shutdown.run(nodes.folder(), System.out::println);
        if (!killed.isEmpty()) {
            System.err.println("had to be killed: " + killed);
            return Exit.BAD_VERDICT;
        }
        System.out.println("down");
        return Exit.DONE;
    }

    private void awaitSilence() throws IOException, InterruptedException {
        long before = -1;
        for (long calls = inProgress(); calls > 0; calls = inProgress()) {
            if (calls != before) {
                System.out.println("waiting for " + calls + " calls to end");
                before = calls;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private long inProgress() throws IOException {
        long calls = 0;
        for (JsonNode call : nodes.askAll("/calls")) {
            if (!call.path("state").asText().equals("ended")) {
                calls++;
            }
        }
        return calls;
    }
}
