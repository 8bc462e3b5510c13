package org.sempervox.chaos.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.cluster.cli.Left;

/**
 * What a soak has found.
 *
 * @param lost calls that talked and could not be ended as users would: hold, resume, BYE that arrives
 * @param notSetUp calls that were not answered with audio in both directions
 * @param silent calls without audio after the last resume
 * @param putOff holds and resumes that were answered 500 because the store was silent, and asked again; told, not judged
 * @param kills the nodes in the order they were killed
 * @param notBack nodes that did not serve again in time
 * @param restMs from the end of the last call until nothing was left; negative if that did not come
 * @param violations of SIP that the phones saw; told, not judged
 * @param phoneFaults defects of the phones themselves: with any, the run proves nothing
 * @param journal ended calls that the journal still holds
 */
record SoakReport(
        double minutes,
        String topology,
        String store,
        long seed,
        int calls,
        int held,
        int lost,
        int notSetUp,
        int silent,
        int putOff,
        List<String> kills,
        int notBack,
        Records records,
        Left left,
        long restMs,
        int violations,
        int phoneFaults,
        JournalRows journal,
        List<HeapSeries> heap,
        List<String> remarks) {
    static final String OK = "ok";

    SoakReport {
        kills = List.copyOf(kills);
        heap = List.copyOf(heap);
        remarks = List.copyOf(remarks);
    }

    /**
     * Call records.
     *
     * @param missing calls whose record does not name their caller and who ended them
     */
    record Records(int expected, int found, int wrong, int missing) {
        boolean isExact() {
            return expected == found && wrong == 0 && missing == 0;
        }
    }

    /** {@code ok}, or what is bad. */
    @JsonProperty("verdict")
    String verdict() {
        var bad = new ArrayList<String>();
        if (calls == 0) {
            bad.add("no calls");
        }
        add(bad, lost, "lost");
        add(bad, notSetUp, "not set up");
        add(bad, silent, "silent");
        add(bad, notBack, "nodes not back");
        add(bad, phoneFaults, "defects of the phones");
        if (!records.isExact()) {
            bad.add("records not exact");
        }
        if (restMs < 0 || !left.atRest()) {
            bad.add("not at rest");
        }
        if (!journal.withinRetention()) {
            bad.add("events kept beyond their time");
        }
        return bad.isEmpty() ? OK : "bad: " + String.join(", ", bad);
    }

    private static void add(List<String> bad, int count, String what) {
        if (count != 0) {
            bad.add(count + " " + what);
        }
    }
}
