package org.sempervox.cluster.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.PbxFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config check FILE}. */
@Command(name = "config", description = "Checks configuration files.", mixinStandardHelpOptions = true)
public final class ConfigVerb implements Verb {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "config check FILE");
    }

    @Command(
            name = "check",
            description = "Checks a node or PBX file without starting anything.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE") Path file) {
        if (PbxFile.looksLike(file)) {
            PbxFile.read(file);
            System.out.println(file + ": a good PBX file");
        } else {
            for (String name : NodeFile.names(file)) {
                NodeFile.read(file, Optional.of(name));
            }
            System.out.println(file + ": a good node file");
        }
        return Exit.DONE;
    }
}
