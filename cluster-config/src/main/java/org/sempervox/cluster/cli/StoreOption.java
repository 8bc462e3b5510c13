package org.sempervox.cluster.cli;

import org.sempervox.cluster.launcher.StoreKind;
import picocli.CommandLine.Option;

/** {@code --store}, of whatever starts a cluster. */
public final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "h2|cassandra",
            defaultValue = "h2",
            description = "where events are kept: h2, in the launcher; cassandra, three processes of it (default: "
                    + "${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String text;

    /** A SettingsProblem if it is none. */
    public StoreKind kind() {
        return StoreKind.of(text);
    }
}
