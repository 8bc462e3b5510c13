package org.sempervox.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** The call records of the run, read a part at a time: those of a day do not fit into one answer. */
final class RecordBook {
    /** Longer than any call from its INVITE to its record. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

    private final Set<String> ids = new HashSet<>();
    private final Map<Tally.Ending, Integer> endings = new HashMap<>();
    private final Tally tally;
    private final Instant begun;
    private Instant from;
    private int wrong;

    /** Records of calls that started before {@code begun} are not of this run. */
    RecordBook(Tally tally, Instant begun) {
        this.tally = tally;
        this.begun = begun;
        from = begun;
    }

    /** Takes what is new; nothing if no node answers. */
    void read(ClusterProcess cluster) throws IOException {
        Instant now = Instant.now();
        String page = "/cdr?since=" + URLEncoder.encode(from.toString(), StandardCharsets.UTF_8);
        for (JsonNode answer : cluster.pages(page).values()) {
            if (answer instanceof ArrayNode records) {
                records.forEach(this::take);
                Instant next = now.minus(LONGEST_CALL);
                from = next.isAfter(begun) ? next : begun;
                return;
            }
        }
    }

    void take(JsonNode record) {
        if (!ids.add(record.path("id").asText())) {
            return;
        }
        String caller = record.path("caller").asText();
        endings.merge(new Tally.Ending(caller, record.path("endedBy").asText()), 1, Integer::sum);
        String callee = caller.matches("[0-9]{1,9}")
                ? Phones.number(Integer.parseInt(caller) + 1 - Phones.FIRST)
                : "the neighbour of a number";
        boolean right = record.path("called").asText().equals(callee)
                && record.path("connected").asText().equals(callee)
                && !record.path("answerAt").isNull()
                && record.path("q850Cause").asInt() == 16;
        if (!right) {
            wrong++;
            tally.remark("wrong record: " + record);
        }
    }

    /** {@code missing}: calls that ended as they should and whose record does not say so. */
    SoakReport.Records result() {
        int missing = 0;
        for (Map.Entry<Tally.Ending, Integer> one : tally.endings().entrySet()) {
            missing += Math.max(0, one.getValue() - endings.getOrDefault(one.getKey(), 0));
        }
        return new SoakReport.Records(tally.placed.get(), ids.size(), wrong, missing);
    }
}
