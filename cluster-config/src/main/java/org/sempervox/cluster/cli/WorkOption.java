package org.sempervox.cluster.cli;

import java.nio.file.Path;
import org.sempervox.cluster.launcher.WorkFolder;
import picocli.CommandLine.Option;

/** {@code --dir W}. */
public final class WorkOption {
    @Option(
            names = "--dir",
            paramLabel = "W",
            description = "work folder (default: ${DEFAULT-VALUE})",
            defaultValue = "work")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    public WorkFolder folder() {
        return new WorkFolder(dir);
    }
}
