package org.sempervox.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short program that must succeed. */
final class Command {
    private static final long LIMIT_S = 20;

    private Command() {}

    /** Its output; a failure names the command and what it said. */
    static String run(String... command) throws IOException {
        return feed("", command);
    }

    /** Likewise, with a text on its standard input. */
    static String feed(String input, String... command) throws IOException {
        Path errors = Files.createTempFile("lab", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = exit(process, command);
            if (exit != 0) {
                String said = Files.readString(errors).strip();
                throw new IOException(String.join(" ", command) + ": exit " + exit + ": " + said);
            }
            return output;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** Words of the first column. */
    static List<String> names(String... command) throws IOException {
        return run(command)
                .lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static int exit(Process process, String... command) throws IOException {
        try {
            if (process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": still runs after " + LIMIT_S + " s");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + ": interrupted", e);
        }
    }
}
