package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.sempervox.chaos.command.Command;

/** One SIPp process. Closing it ends it. */
public final class SippRun implements AutoCloseable {
    /** Exit codes above are for what has nothing to do with calls: bad options, no socket, a bad scenario. */
    private static final int LAST_CODE_OF_CALLS = 1;

    private static final int SHOWN = 600;
    /** One comes right behind the other, not always on a line of its own. */
    private static final Pattern EVENT = Pattern.compile("(?=\\d{4}-\\d\\d-\\d\\d\\t\\d\\d:)");

    private final String label;
    private final Process process;
    private final int port;
    private final Path statistics;
    private final Path errors;

    SippRun(String label, Process process, int port, Path statistics, Path errors) {
        this.label = label;
        this.process = process;
        this.port = port;
        this.statistics = statistics;
        this.errors = errors;
    }

    public Process process() {
        return process;
    }

    public int port() {
        return port;
    }

    /** As of at most a second ago while it runs. */
    public Statistics statistics() throws IOException {
        return Statistics.read(statistics);
    }

    /** Waits until all its calls are over; calls that are still open after that time are ended with the process and count as created only. */
    public Statistics await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
        } else if (process.exitValue() > LAST_CODE_OF_CALLS) {
            throw new IOException("SIPp " + label + " ended with " + process.exitValue() + ": " + lastWords());
        }
        return statistics();
    }

    /** No more calls; those that are up go on to their end, then the process ends. */
    public void placeNoMore() throws IOException {
        if (process.isAlive()) {
            Command.run("kill", "-USR1", Long.toString(process.pid()));
        }
    }

    /** The first errors it saw; empty if none. */
    public String lastWords() throws IOException {
        Path output = errors.resolveSibling(label + ".out");
        String text = Files.exists(errors) ? Files.readString(errors) : "";
        return shown(text.isEmpty() && Files.exists(output) ? Files.readString(output) : text);
    }

    /** The first error in its calls, on one line; a message of a call that is over, or a busy machine, is none. Empty if there is none. */
    public String trouble() throws IOException {
        return Files.exists(errors) ? trouble(Files.readString(errors)) : "";
    }

    static String trouble(String text) {
        return EVENT.splitAsStream(text)
                .filter(event -> EVENT.matcher(event).lookingAt())
                .filter(event -> !event.contains(": Dead call ") && !event.contains(": Overload warning: "))
                .findFirst()
                .map(event -> shown(event.replaceAll("\\s+", " ")))
                .orElse("");
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(SHOWN, text.length())).strip();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
