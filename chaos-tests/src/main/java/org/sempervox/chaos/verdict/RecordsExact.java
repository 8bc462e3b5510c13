package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Verb;

/**
 * Each call has one call detail record, and it says what the phones saw. A record is found by its caller, the number dialled and a
 * beginning within a few seconds; a caller has one call at a time. Those of a second load are counted by {@link SecondOpinion}.
 */
final class RecordsExact implements Checker {
    private static final double TOLERANCE_MS = 1000;
    /** An INVITE is repeated for 32 s: the first that arrived makes the record's beginning. */
    private static final double START_MS = 34_000;

    /** Q.850 section 2.2.7.1.2. */
    private static final int NORMAL_CLEARING = 16;

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
        List<CallStory> calls = CallStory.of(history);
        List<Entry.SecondLoad> others = history.of(Entry.SecondLoad.class);
        var rest = new ArrayList<>(records);
        long exact = 0;
        for (CallStory call : calls) {
            Optional<Entry.CallDetail> found = rest.stream()
                    .filter(one -> belongs(call, one))
                    .min(Comparator.comparingDouble(one -> Math.abs(since(call, one))));
            if (found.isEmpty()) {
                if (call.established() || !refused(call)) {
                    opinion.fails(call.name() + " has no record");
                }
                continue;
            }
            Entry.CallDetail record = found.get();
            rest.remove(record);
            Optional<String> wrong = wrong(history, call, record, opinion);
            wrong.ifPresent(what -> opinion.fails(call.name() + ": " + what + "; record " + record.id()));
            exact += wrong.isEmpty() ? 1 : 0;
        }
        rest.removeIf(one -> others.stream().anyMatch(other -> other.has(one.caller())));
        rest.forEach(one -> opinion.fails("record %s (%s to %s, begun at %.1f s) belongs to no call"
                .formatted(one.id(), one.caller(), one.called(), one.startAt() / 1000)));
        opinion.figure("calls", calls.size());
        opinion.figure("records", records.size());
        opinion.figure("exact", exact);
        if (calls.isEmpty()) {
            opinion.unknown("no call was placed");
        }
    }

    private static double since(CallStory call, Entry.CallDetail record) {
        return record.startAt() - call.placed().at();
    }

    /** A caller has one call at a time: what begins after this one was over is of a later one. */
    private static boolean belongs(CallStory call, Entry.CallDetail record) {
        double longest = call.over()
                .map(over -> over.at() - call.placed().at() + TOLERANCE_MS)
                .filter(ms -> ms < START_MS)
                .orElse(START_MS);
        return record.caller().equals(call.placed().caller())
                && record.called().equals(call.placed().called())
                && since(call, record) > -TOLERANCE_MS
                && since(call, record) < longest;
    }

    /** An INVITE that nothing took in, or that was put off with 503, leaves none. */
    private static boolean refused(CallStory call) {
        return call.done(Verb.REACH).isEmpty();
    }

    private static Optional<String> wrong(History history, CallStory call, Entry.CallDetail record, Opinion opinion) {
        Optional<Entry.Operation> answer = call.done(Verb.CONNECT);
        if (answer.isEmpty()) {
            return unanswered(call, record);
        }
        if (record.answerAt() < 0) {
            return Optional.of("it was answered, its record says no");
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
        if (record.estimated()) {
            return history.begin().expect().estimatedRecords() ? Optional.empty() : Optional.of("its end is estimated");
        }
        return end(call, record, answer.get().at(), opinion);
    }

    /** A callee who answered may stand in the record though the caller was never told. */
    private static Optional<String> unanswered(CallStory call, Entry.CallDetail record) {
        boolean answered = call.operations().stream().anyMatch(one -> one.verb() == Verb.ANSWER);
        return answered || record.answerAt() < 0
                ? Optional.empty()
                : Optional.of(
                        "nobody answered, its record says answered at %.1f s".formatted(record.answerAt() / 1000));
    }

    private static Optional<String> end(CallStory call, Entry.CallDetail record, double connected, Opinion opinion) {
        Optional<Entry.Operation> bye = call.done(Verb.BYE);
        Optional<Entry.Operation> told = call.done(Verb.END);
        if (bye.isEmpty() || told.isEmpty()) {
            if (call.over().isEmpty()) {
                opinion.unknown(call.name() + ": nobody knows when it ended; record " + record.id());
                return Optional.empty();
            }
            return ended(record, connected, call.over().get().at());
        }
        double hungUp = bye.get().began();
        Optional<String> wrong =
                ended(record, hungUp, Math.max(bye.get().at(), told.get().at()));
        String by = bye.get().phone().equals(call.placed().caller()) ? "caller" : "callee";
        return wrong.or(() -> record.endedBy().toLowerCase(Locale.ROOT).equals(by)
                        ? Optional.empty()
                        : Optional.of("hung up by the " + by + ", its record says " + record.endedBy()))
                .or(() -> record.q850Cause() == NORMAL_CLEARING
                        ? Optional.empty()
                        : Optional.of("hung up with Q.850 16, its record says " + record.q850Cause()));
    }

    private static Optional<String> ended(Entry.CallDetail record, double from, double to) {
        return record.endAt() >= from - TOLERANCE_MS && record.endAt() <= to + TOLERANCE_MS
                ? Optional.empty()
                : Optional.of("hung up between %.1f and %.1f s, its record says %.1f s"
                        .formatted(from / 1000, to / 1000, record.endAt() / 1000));
    }
}
