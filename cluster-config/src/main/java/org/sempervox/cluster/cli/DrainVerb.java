package org.sempervox.cluster.cli;

import java.io.IOException;
import org.sempervox.cluster.launcher.Drain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drain}. */
@Command(
        name = "drain",
        description =
                "Takes a node of a work folder out of service without losing a call: it gives its calls away and stays away until undrain, or until the cluster is started anew.",
        mixinStandardHelpOptions = true)
public final class DrainVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DrainedNode node;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return node.run("drain", Drain::refusal, Drain::drain);
    }
}
