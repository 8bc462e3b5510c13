package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a SIPp has counted since its start.
 *
 * @param created calls begun
 * @param failed each for one reason; {@code unexpected} of them got a message that their scenario does not know
 * @param retransmissions requests and answers that it sent again
 * @param refused what the scenario counts under that name; 0 if it does not
 * @param meanResponseMs of the scenario's first stop-watch, over the calls that reached its end
 */
public record Statistics(
        long created,
        long successful,
        long failed,
        long unexpected,
        long refused,
        long retransmissions,
        double meanResponseMs) {
    public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0, 0, 0);

    private static final String REFUSED = "refused(C)";

    /** The last line of a file of {@code -trace_stat}; a file without one, or none yet, is {@link #NONE}. */
    static Statistics read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readAllLines(file)) : NONE;
    }

    static Statistics parse(List<String> lines) throws IOException {
        if (lines.size() < 2) {
            return NONE;
        }
        String[] names = lines.getFirst().split(";", -1);
        String[] values = lines.getLast().split(";", -1);
        if (values.length < names.length - 1) {
            // Caught while SIPp writes it.
            return parse(lines.subList(0, lines.size() - 1));
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            row.put(names[i].strip(), values[i].strip());
        }
        return new Statistics(
                number(row, "TotalCallCreated"),
                number(row, "SuccessfulCall(C)"),
                number(row, "FailedCall(C)"),
                number(row, "FailedUnexpectedMessage(C)"),
                row.containsKey(REFUSED) ? number(row, REFUSED) : 0,
                number(row, "Retransmissions(C)"),
                duration(row.getOrDefault("ResponseTime1(C)", "")));
    }

    /** Calls that are neither successful nor failed yet. */
    public long open() {
        return created - successful - failed;
    }

    public Statistics plus(Statistics other) {
        long all = successful + other.successful;
        double mean = all == 0 ? 0 : (meanResponseMs * successful + other.meanResponseMs * other.successful) / all;
        return new Statistics(
                created + other.created,
                all,
                failed + other.failed,
                unexpected + other.unexpected,
                refused + other.refused,
                retransmissions + other.retransmissions,
                mean);
    }

    private static long number(Map<String, String> row, String name) throws IOException {
        String value = row.get(name);
        if (value == null) {
            throw new IOException("SIPp's statistics have no column " + name + ": " + row.keySet());
        }
        return Long.parseLong(value);
    }

    /** {@code hh:mm:ss:micros}, {@code hh:mm:ss.micros} in later releases; 0 if empty. */
    static double duration(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split("[:.]", -1);
        double millis = 0;
        for (int i = 0; i < 3; i++) {
            millis = millis * 60 + Long.parseLong(parts[i]) * 1000.0;
        }
        return millis + (parts.length > 3 ? Long.parseLong(parts[3]) / 1000.0 : 0);
    }
}
