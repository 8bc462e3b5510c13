package org.sempervox.chaos.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run, read back.
 *
 * @param begin the first line
 * @param entries all lines after it, in the order of the file
 * @param damage why the history cannot be trusted; empty if it is whole
 */
public record History(Entry.Begin begin, List<Entry> entries, List<String> damage) {
    public History {
        entries = List.copyOf(entries);
        damage = List.copyOf(damage);
    }

    /** The lines of one kind. */
    public <T extends Entry> List<T> of(Class<T> kind) {
        return stream(kind).toList();
    }

    public <T extends Entry> Stream<T> stream(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Reads the history of a folder. */
    public static History read(Path folder) throws IOException {
        return parse(Files.readAllLines(folder.resolve(HistoryFile.NAME), StandardCharsets.UTF_8));
    }

    /** Throws if there is no first line to judge by; any other damage is told in {@link #damage}. */
    static History parse(List<String> lines) throws IOException {
        var reading = new Reading();
        lines.forEach(reading::line);
        return reading.done(lines.size());
    }

    private static final class Reading {
        private static final int MOST_DAMAGE = 20;

        private final MessageDigest digest = HistoryFile.sha256();
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> damage = new ArrayList<>();
        private Optional<Entry.Begin> begin = Optional.empty();
        private long number;
        private boolean sealed;

        void line(String text) {
            number++;
            if (sealed) {
                damaged("line " + number + " comes after the seal");
                return;
            }
            try {
                JsonNode json = HistoryFile.JSON.readTree(text);
                if (json.path(HistoryFile.NUMBER).asLong() != number) {
                    damaged("line " + number + " has the number "
                            + json.path(HistoryFile.NUMBER).asText("none"));
                    number = json.path(HistoryFile.NUMBER).asLong(number);
                }
                if (json.path("kind").asText().equals(HistoryFile.SEAL)) {
                    seal(json);
                } else {
                    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
                    entry((ObjectNode) json);
                }
            } catch (JsonProcessingException | ClassCastException e) {
                damaged("line " + number + " cannot be read: " + e.getMessage());
            }
        }

        private void entry(ObjectNode json) throws JsonProcessingException {
            json.remove(HistoryFile.NUMBER);
            Entry entry = HistoryFile.JSON.treeToValue(json, Entry.class);
            if (entry instanceof Entry.Begin first) {
                if (begin.isPresent()) {
                    damaged("line " + number + " is another beginning");
                } else {
                    begin = Optional.of(first);
                }
                return;
            }
            if (entries.isEmpty() && begin.isEmpty()) {
                damaged("line " + number + " is not the beginning");
            }
            entries.add(entry);
        }

        private void seal(JsonNode json) {
            sealed = true;
            String sum = HexFormat.of().formatHex(digest.digest());
            if (!json.path(HistoryFile.DIGEST).asText().equals(sum)) {
                damaged("the lines are not those that were sealed");
            }
        }

        private void damaged(String what) {
            if (damage.size() < MOST_DAMAGE) {
                damage.add(what);
            }
        }

        History done(int lines) throws IOException {
            if (!sealed) {
                damaged("it has no end: the run was broken off, or the last line is missing (" + lines + " lines)");
            }
            return new History(
                    begin.orElseThrow(() -> new IOException("the history has no readable first line")),
                    entries,
                    damage);
        }
    }
}
