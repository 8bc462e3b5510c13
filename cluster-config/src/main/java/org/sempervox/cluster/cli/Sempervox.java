package org.sempervox.cluster.cli;

import java.util.ServiceLoader;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: its verbs are those on the class path. */
@Command(
        name = "sempervox",
        description = "An office telephone system that survives the death of any one machine.",
        mixinStandardHelpOptions = true,
        version = Sempervox.VERSION,
        synopsisSubcommandLabel = "VERB")
public final class Sempervox implements Runnable {
    public static final String VERSION = "0.1.0";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Sempervox() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        var line = new CommandLine(new Sempervox());
        for (Verb verb : ServiceLoader.load(Verb.class)) {
            line.addSubcommand(verb);
        }
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof InterruptedException) {
                return Exit.INTERRUPTED;
            }
            command.getErr().println(command.getCommandName() + ": " + explain(failure));
            return failure instanceof SettingsProblem ? Exit.BAD_USAGE : Exit.BAD_VERDICT;
        });
        return line.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb?");
    }

    private static String explain(Exception failure) {
        String message = failure.getMessage();
        return failure instanceof SettingsProblem && message != null
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }
}
