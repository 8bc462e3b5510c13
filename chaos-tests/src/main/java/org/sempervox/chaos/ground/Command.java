package org.sempervox.chaos.ground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the operating system to its end. */
final class Command {
    private static final long LIMIT_S = 30;

    private Command() {}

    /** What it printed; throws with the command and its words if it fails. */
    static String run(String... words) throws IOException {
        return run(List.of(words));
    }

    static String run(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", words) + ": no end after " + LIMIT_S + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", words) + ": interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", words) + ": exit " + process.exitValue() + " " + said);
        }
        return said;
    }
}
