package org.sempervox.chaos.verdict;

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
    }
}
