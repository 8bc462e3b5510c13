package org.sempervox.chaos.verdict;

import java.util.HashSet;
import java.util.stream.Stream;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** Nothing can be judged by a history with a hole. */
final class HistoryWhole implements Checker {
    @Override
    public String name() {
        return "history-whole";
    }

    @Override
    public String question() {
        return "Is the history whole, and were the phones themselves sound?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        opinion.figure("lines", history.entries().size() + 1L);
        history.damage().forEach(opinion::unknown);
        var phones = history.of(Entry.Phones.class);
        if (phones.isEmpty()) {
            opinion.unknown("nothing is known of the phones themselves");
        }
        for (Entry.Phones one : phones) {
            opinion.milliseconds("phones late at worst", one.worstLateMs());
            one.defects().forEach(defect -> opinion.unknown("defect of the phones: " + defect));
        }
        if (history.of(Entry.Placed.class).isEmpty()) {
            opinion.unknown("no call was placed");
        }
        calls(history, opinion);
    }

    /** All checkers go from the placing of a call to its other lines: those of a call without it would be seen by none. */
    private static void calls(History history, Opinion opinion) {
        var placed = new HashSet<Long>();
        var over = new HashSet<Long>();
        history.stream(Entry.Placed.class)
                .filter(one -> !placed.add(one.call()))
                .forEach(one -> opinion.unknown("call " + one.call() + " is placed twice"));
        history.stream(Entry.Over.class)
                .filter(one -> !over.add(one.call()))
                .forEach(one -> opinion.unknown("call " + one.call() + " is over twice"));
        Stream.of(
                        history.stream(Entry.Operation.class)
                                .map(Entry.Operation::call)
                                .filter(call -> call != 0),
                        history.stream(Entry.Audio.class).map(Entry.Audio::call),
                        over.stream())
                .flatMap(numbers -> numbers)
                .distinct()
                .filter(call -> !placed.contains(call))
                .forEach(call -> opinion.unknown("call " + call + " was never placed, and something is said of it"));
    }
}
