package org.sempervox.cluster.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.node.Node;
import org.sempervox.cluster.node.NodeMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code node --config FILE}. */
@Command(
        name = "node",
        description = "Runs one node in the foreground; SIGTERM gives its work away, leaves the cluster and ends it.",
        mixinStandardHelpOptions = true)
public final class NodeVerb implements Verb {
    @Option(names = "--config", paramLabel = "FILE", required = true, description = "node file")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--name", paramLabel = "NAME", description = "which node, if the file describes several")
    private @Nullable String name;

    @Option(
            names = "--join",
            paramLabel = "HOW",
            defaultValue = "seeds",
            description = "seeds: as the file says; form: a new cluster; others: never a cluster of its own")
    @SuppressWarnings("NullAway.Init")
    private String join;

    @Override
    public Integer call() {
        return NodeMain.run(config, Optional.ofNullable(name), Node.Join.valueOf(join.toUpperCase(Locale.ROOT)));
    }
}
