package org.sempervox.chaos.run;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.scenario.ScenarioFile;
import org.sempervox.cluster.cli.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code chaos list}. */
@Command(
        name = "list",
        description = "The ready scenarios; with a name, its text, to be changed to one's own needs.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "shows this one")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException {
        if (name != null) {
            System.out.print(ScenarioFile.text(name));
            return Exit.DONE;
        }
        for (String ready : ScenarioFile.READY) {
            Scenario scenario = ScenarioFile.find(ready, 1);
            System.out.printf("%-20s %s%s%n", ready, scenario.title(), Requirements.words(scenario));
        }
        return Exit.DONE;
    }
}
