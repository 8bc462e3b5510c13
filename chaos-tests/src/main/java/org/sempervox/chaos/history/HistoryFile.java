package org.sempervox.chaos.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Writes a history, one JSON object per line, each with its number {@code n} from 1 on; the last line holds how many there were and their
 * SHA-256, so that a line that is missing or changed is noticed. Each line is on its way to the disk when {@link #add} returns. Thread-safe.
 */
public final class HistoryFile implements Closeable {
    public static final String NAME = "history.jsonl";
    static final String NUMBER = "n";
    static final String SEAL = "seal";
    static final String DIGEST = "sha256";
    static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter out;
    private final MessageDigest digest = sha256();
    private final long zero;
    private final Consumer<Entry> observer;
    private long lines;
    private boolean closed;

    private HistoryFile(BufferedWriter out, long zero, Consumer<Entry> observer) {
        this.out = out;
        this.zero = zero;
        this.observer = observer;
    }

    /**
     * A new one in a folder that has none.
     *
     * @param zero the run's beginning as {@link System#nanoTime}
     * @param observer gets each line after it was written, from whatever thread; must not block
     */
    public static HistoryFile create(Path folder, long zero, Consumer<Entry> observer) throws IOException {
        Files.createDirectories(folder);
        return new HistoryFile(
                Files.newBufferedWriter(folder.resolve(NAME), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW),
                zero,
                observer);
    }

    /** Milliseconds since the run began. */
    public double now() {
        return at(System.nanoTime());
    }

    /** The run's time of a reading of {@link System#nanoTime}, with microseconds. */
    public double at(long nanoTime) {
        return Math.round((nanoTime - zero) / 1e3) / 1e3;
    }

    /** Adds a line; nothing after {@link #close}. A disk that does not take it ends the run. */
    public synchronized void add(Entry entry) {
        if (closed) {
            return;
        }
        try {
            ObjectNode line = JSON.createObjectNode();
            line.put(NUMBER, lines + 1);
            JsonNode fields = JSON.valueToTree(entry);
            line.setAll((ObjectNode) fields);
            write(JSON.writeValueAsString(line));
            lines++;
            observer.accept(entry);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the history cannot be written", e);
        }
    }

    private void write(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(text);
        out.write('\n');
        out.flush();
    }

    /** Seals it: a history without a seal is of a run that did not end. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        String sum = HexFormat.of().formatHex(digest.digest());
        ObjectNode line = JSON.createObjectNode();
        line.put(NUMBER, lines + 1);
        line.put("kind", SEAL);
        line.put("lines", lines);
        line.put(DIGEST, sum);
        out.write(seal(line));
        out.close();
    }

    /** Closes the file without a seal: the run was broken off. */
    public synchronized void breakOff() throws IOException {
        closed = true;
        out.close();
    }

    private static String seal(ObjectNode line) throws JsonProcessingException {
        return JSON.writeValueAsString(line) + "\n";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
