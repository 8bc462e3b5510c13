package org.sempervox.chaos.bench;

import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: figures. */
@Command(
        name = "bench",
        description = "Measures, and prints the figures.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "FIGURES",
        subcommands = {
            SignallingBench.class,
            RegistrationsBench.class,
            MediaBench.class,
            FailoverBench.class,
            MicroBench.class
        })
public final class BenchVerb implements Verb {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which figures?");
    }
}
