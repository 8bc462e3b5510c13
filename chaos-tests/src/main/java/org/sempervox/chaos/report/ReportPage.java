package org.sempervox.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.verdict.Verdict;

/** What a run has shown, for people: one page that needs nothing but itself. */
public final class ReportPage {
    public static final String FILE = "report.html";

    private ReportPage() {}

    /** The page; a pure function of both. It names the files that such a run leaves in its folder. */
    public static String html(History history, Verdict verdict) {
        return html(Run.of(history, verdict), RunFiles.expected(history.begin()));
    }

    /** Writes {@link #FILE} and {@link Verdict#FILE} into the run's folder, over older ones; the page names the files that are there. */
    public static void write(Path folder, History history, Verdict verdict) throws IOException {
        String page = html(Run.of(history, verdict), RunFiles.in(folder));
        Files.writeString(folder.resolve(FILE), page, StandardCharsets.UTF_8);
        String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(verdict.json());
        Files.writeString(folder.resolve(Verdict.FILE), json + "\n", StandardCharsets.UTF_8);
    }

    private static String html(Run run, RunFiles files) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s
                <h2>The checks</h2>
                %s
                <h2>Over the time of the run</h2>
                <figure>
                %s</figure>
                %s
                <h2>Silences</h2>
                <figure>
                %s</figure>
                <h2>How long new callers waited</h2>
                <figure>
                %s</figure>
                <h2>Before, during and after</h2>
                %s
                %s</body>
                </html>
                """.formatted(
                        Html.text(CheckTable.word(run.verdict().judged()) + ": "
                                + run.begin().title()),
                        Style.CSS,
                        Headline.html(run),
                        CheckTable.html(run),
                        Timeline.html(run),
                        FaultTable.html(run),
                        SilencePlot.html(run),
                        RingingPlot.html(run),
                        PhaseTable.html(run),
                        WhereToLook.html(run, files));
    }
}
