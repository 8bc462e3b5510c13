package org.sempervox.chaos.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short program that must succeed. */
public final class Command {
    private static final long LIMIT_S = 20;
    /** It may go to another machine. */
    private static final long SHELL_LIMIT_S = 30;

    private Command() {}

    /** Its output; a failure names the command and what it said. */
    public static String run(String... command) throws IOException {
        return feed("", command);
    }

    /** A line for the shell, of an operator who knows what it does. */
    public static String shell(String line) throws IOException {
        return feed("", SHELL_LIMIT_S, "/bin/sh", "-c", line);
    }

    /** Likewise, with a text on its standard input. */
    public static String feed(String input, String... command) throws IOException {
        return feed(input, LIMIT_S, command);
    }

    private static String feed(String input, long limitS, String... command) throws IOException {
        Path errors = Files.createTempFile("command", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = exit(process, limitS, command);
            if (exit != 0) {
                String said = (Files.readString(errors) + output).strip();
                throw new IOException(String.join(" ", command) + ": exit " + exit + ": " + said);
            }
            return output;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** Words of the first column. */
    public static List<String> names(String... command) throws IOException {
        return run(command)
                .lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static int exit(Process process, long limitS, String... command) throws IOException {
        try {
            if (process.waitFor(limitS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": still runs after " + limitS + " s");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + ": interrupted", e);
        }
    }
}
