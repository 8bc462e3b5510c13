package org.sempervox.chaos.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.verdict.Verdict;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code chaos check}: the same verdict again, from the files alone. */
@Command(
        name = "check",
        description = "Judges the history of a run again; needs nothing but its folder.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder of a run")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(folder.resolve(HistoryFile.NAME))) {
            throw new SettingsProblem("DIR", folder.toString(), "a folder with a " + HistoryFile.NAME);
        }
        Verdict verdict = Verdicts.write(folder, History.read(folder));
        report.print(verdict.json(), out -> Verdicts.print(out, verdict, folder));
        return verdict.good() ? Exit.DONE : Exit.BAD_VERDICT;
    }
}
