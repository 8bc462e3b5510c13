package org.sempervox.cluster.cli;

import java.io.IOException;
import org.sempervox.cluster.launcher.Drain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code undrain}. */
@Command(
        name = "undrain",
        description = "Starts a drained node again and waits until it does its work.",
        mixinStandardHelpOptions = true)
public final class UndrainVerb implements Verb {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DrainedNode node;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return node.run("undrain", Drain::unsupervised, Drain::undrain);
    }
}
