package org.sempervox.chaos.simulation;

import java.io.IOException;
import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chaos simulate}: a whole cluster in one thread on a simulated clock, story after story, until an invariant is violated. */
@Command(
        name = "simulate",
        description =
                "Tells random stories of a simulated cluster with the real machines and checks its invariants after each step.",
        mixinStandardHelpOptions = true)
public final class StoriesCommand implements Verb {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final StoryOptions stories = new StoryOptions();

    @Override
    public Integer call() throws IOException {
        return stories.run(spec, stories.broken(spec));
    }
}
