package org.sempervox.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.store.RecordJson;
import picocli.CommandLine.Option;

/** {@code --json [FILE]}: the report as JSON, to the output or to a file; else as text. */
public final class Report {
    private static final String OUTPUT = "-";

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = OUTPUT,
            description = "JSON, to a file or to the output")
    private @Nullable String json;

    /** With a file, the text is printed too. */
    public void print(JsonNode value, Consumer<PrintStream> text) throws IOException {
        String target = json;
        if (target == null) {
            text.accept(System.out);
            return;
        }
        String rendered = RecordJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        if (target.equals(OUTPUT)) {
            System.out.println(rendered);
        } else {
            Files.writeString(Path.of(target), rendered + "\n");
            text.accept(System.out);
        }
    }
}
