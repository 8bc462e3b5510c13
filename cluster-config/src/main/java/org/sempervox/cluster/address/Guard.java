package org.sempervox.cluster.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small process that takes this program's addresses off a device when the node cannot any more: at once when the node is dead, because
 * their pipe closes, and when it has given no sign of life for {@link #SECONDS}. In a session of its own, so that signals for the node's
 * group do not reach it.
 */
final class Guard implements AutoCloseable {
    /** As the output fence's lease: the others take over 1.4 s after the last heartbeat at the earliest. */
    static final String SECONDS = "1.0";

    private static final int MOST_UNANSWERED = 20;
    private static final long START_MS = 5_000;
    private static final String SCRIPT = "guard.bash";
    private static final Path BASH = Path.of("/bin/bash");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final OutputStream signs;
    private final CompletableFuture<String> firstWord = new CompletableFuture<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    private Guard(Process process) {
        this.process = process;
        this.signs = process.getOutputStream();
        Thread.ofPlatform().daemon().name("guard-of-addresses").start(this::read);
    }

    /** Starts one; does not wait until it is ready. */
    static Guard start(String device) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(
                List.of(BASH.toString(), "-c", script(), "sempervox-guard", device, Device.label(device), SECONDS));
        return new Guard(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until it works; null, or why it does not. */
    @Nullable
    String problem() {
        try {
            String word = firstWord.get(START_MS, TimeUnit.MILLISECONDS);
            return word.equals("ready") ? null : word;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException | TimeoutException e) {
            return "no word within " + START_MS + " ms";
        }
    }

    /** A sign of life of the node, to be given every 100 ms; false if this guard is dead or does not answer and another one is needed. */
    boolean sign() {
        if (!process.isAlive() || unanswered.incrementAndGet() > MOST_UNANSWERED) {
            return false;
        }
        try {
            signs.write('\n');
            signs.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it although it may be frozen; it takes nothing off the device. */
    void kill() {
        process.destroyForcibly();
    }

    /** It takes off what is still there, and ends. */
    @Override
    public void close() {
        try {
            signs.close();
        } catch (IOException e) {
            kill();
        }
    }

    private void read() {
        try (var words = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String word = words.readLine(); word != null; word = words.readLine()) {
                firstWord.complete(word);
                unanswered.set(0);
            }
            firstWord.complete("it ended");
        } catch (IOException e) {
            firstWord.complete(String.valueOf(e.getMessage()));
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Guard.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException("no " + SCRIPT + " in this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
