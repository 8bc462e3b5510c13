package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Verb;

/**
 * Each call has one call detail record, and it says what the phones saw. A record is found by its caller, the number dialled and a
 * beginning within a few seconds; a caller has one call at a time.
 */
final class RecordsExact implements Checker {
    private static final double TOLERANCE_MS = 1000;
    /** An INVITE is repeated for 32 s: the first that arrived makes the record's beginning. */
    private static final double START_MS = 34_000;

    @Override
    public String name() {
        return "records-exact";
    }

    @Override
    public String question() {
        return "Does every call have exactly one record, and does it tell the truth?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        List<Entry.CallDetail> records = history.of(Entry.CallDetail.class);
        Map<String, List<Entry.CallDetail>> byCaller = new HashMap<>();
        records.forEach(one ->
                byCaller.computeIfAbsent(one.caller(), _ -> new ArrayList<>()).add(one));
        var used = new HashSet<Entry.CallDetail>();
        List<CallStory> calls = CallStory.of(history);
        long exact = 0;
        for (CallStory call : calls) {
            List<Entry.CallDetail> own = byCaller.getOrDefault(call.placed().caller(), List.of()).stream()
                    .filter(one -> belongs(call, one) && !used.contains(one))
                    .toList();
            if (own.isEmpty()) {
                if (call.established() || !refused(call)) {
                    opinion.fails(call.name() + " has no record");
                }
                continue;
            }
            Entry.CallDetail record = own.getFirst();
            used.add(record);
            Optional<String> wrong = wrong(history, call, record);
            wrong.ifPresent(what -> opinion.fails(call.name() + ": " + what + "; record " + record.id()));
            exact += wrong.isEmpty() ? 1 : 0;
        }
        records.stream()
                .filter(one -> !used.contains(one))
                .forEach(one -> opinion.fails("record %s (%s to %s, begun at %.1f s) belongs to no call"
                        .formatted(one.id(), one.caller(), one.called(), one.startAt() / 1000)));
        opinion.figure("calls", calls.size());
        opinion.figure("records", records.size());
        opinion.figure("exact", exact);
    }

    private static boolean belongs(CallStory call, Entry.CallDetail record) {
        double since = record.startAt() - call.placed().at();
        return record.called().equals(call.placed().called()) && since > -TOLERANCE_MS && since < START_MS;
    }

    /** An INVITE that nothing took in, or that was put off with 503, leaves none. */
    private static boolean refused(CallStory call) {
        return call.done(Verb.REACH).isEmpty();
    }

    private static Optional<String> wrong(History history, CallStory call, Entry.CallDetail record) {
        if (record.estimated()) {
            return history.begin().expect().estimatedRecords() ? Optional.empty() : Optional.of("its end is estimated");
        }
        Optional<Entry.Operation> answer = call.done(Verb.CONNECT);
        if (answer.isPresent() && record.answerAt() < 0) {
            return Optional.of("it was answered, its record says no");
        }
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (!record.connected().equals(call.placed().answers())) {
            return Optional.of("connected to " + call.placed().answers() + ", its record says " + record.connected());
        }
        double from = answer.get().began() - TOLERANCE_MS;
        double to = answer.get().at() + TOLERANCE_MS;
        if (record.answerAt() < from || record.answerAt() > to) {
            return Optional.of("answered between %.1f and %.1f s, its record says %.1f s"
                    .formatted(answer.get().began() / 1000, answer.get().at() / 1000, record.answerAt() / 1000));
        }
        return end(call, record);
    }

    private static Optional<String> end(CallStory call, Entry.CallDetail record) {
        Optional<Entry.Operation> bye = call.done(Verb.BYE);
        Optional<Entry.Operation> told = call.done(Verb.END);
        if (bye.isEmpty() || told.isEmpty()) {
            return Optional.empty();
        }
        double from = bye.get().began() - TOLERANCE_MS;
        double to = Math.max(bye.get().at(), told.get().at()) + TOLERANCE_MS;
        if (record.endAt() < from || record.endAt() > to) {
            return Optional.of("hung up between %.1f and %.1f s, its record says %.1f s"
                    .formatted(from / 1000, to / 1000, record.endAt() / 1000));
        }
        String by = bye.get().phone().equals(call.placed().caller()) ? "caller" : "callee";
        return record.endedBy().toLowerCase(Locale.ROOT).equals(by)
                ? Optional.empty()
                : Optional.of("hung up by the " + by + ", its record says " + record.endedBy());
    }
}
