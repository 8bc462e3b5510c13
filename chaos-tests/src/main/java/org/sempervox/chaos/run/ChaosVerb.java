package org.sempervox.chaos.run;

import org.sempervox.chaos.simulation.StoriesCommand;
import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chaos}: the operators' tool. */
@Command(
        name = "chaos",
        description = "Breaks a cluster on purpose while people telephone, and says what it cost.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ListCommand.class,
            HealCommand.class,
            MatrixCommand.class,
            StoriesCommand.class,
            SelftestCommand.class
        })
public final class ChaosVerb implements Verb {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? For example: sempervox chaos run kill-one");
    }
}
