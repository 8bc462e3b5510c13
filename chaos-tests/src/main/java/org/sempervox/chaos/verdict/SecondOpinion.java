package org.sempervox.chaos.verdict;

import java.util.List;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/**
 * What SIPp counted as caller and as callee. Our phones and our server could share a misunderstanding; a program that is not ours does not.
 * It knows no single call by its number: calls are judged by how many they are.
 */
final class SecondOpinion implements Checker {
    @Override
    public String name() {
        return "second-opinion";
    }

    @Override
    public String question() {
        return "Did the calls of SIPp, a program that is not ours, succeed as well?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        List<Entry.SecondLoad> asked = history.of(Entry.SecondLoad.class);
        List<Entry.SecondOpinion> all = history.of(Entry.SecondOpinion.class);
        if (asked.isEmpty() && all.isEmpty()) {
            opinion.notLookedAt("the scenario has no calls of SIPp (load.sipp-calls-per-second)");
            return;
        }
        if (asked.size() != 1 || all.size() != 1) {
            opinion.unknown("SIPp was asked for %d times, and its statistics are there %d times"
                    .formatted(asked.size(), all.size()));
            return;
        }
        figures(all.getFirst(), opinion);
        callers(all.getFirst(), history.begin().expect().failedCalls(), opinion);
        callees(all.getFirst(), opinion);
        records(history, asked.getFirst(), all.getFirst(), opinion);
    }

    private static void figures(Entry.SecondOpinion seen, Opinion opinion) {
        opinion.figure("calls", seen.calls());
        opinion.figure("succeeded", seen.succeeded());
        opinion.figure("refused", seen.refused());
        opinion.figure("failed", seen.failed());
        opinion.figure("sent again", seen.retransmissions());
        opinion.figure("taken by callees", seen.taken());
        opinion.figure("ended at callees", seen.ended());
    }

    /** A call that has no end is as bad as one that failed. */
    private static void callers(Entry.SecondOpinion seen, int allowed, Opinion opinion) {
        long open = seen.calls() - seen.succeeded() - seen.refused() - seen.failed();
        if (seen.calls() == 0) {
            opinion.unknown("SIPp placed no call");
        }
        if (open < 0) {
            opinion.unknown("SIPp counted more ends than calls");
        }
        long bad = seen.calls() - seen.succeeded();
        if (bad > allowed) {
            opinion.fails("%d of %d calls of SIPp did not succeed (%d refused, %d failed, %d did not end), %d may%s"
                    .formatted(
                            bad,
                            seen.calls(),
                            seen.refused(),
                            seen.failed(),
                            open,
                            allowed,
                            seen.trouble().isEmpty() ? "" : ": " + seen.trouble()));
        }
    }

    /** A callee was in every call that succeeded, and in no more than were placed; what it took, it was also told the end of. */
    private static void callees(Entry.SecondOpinion seen, Opinion opinion) {
        if (seen.taken() < seen.succeeded()) {
            opinion.fails("%d calls of SIPp succeeded, and its callees took only %d"
                    .formatted(seen.succeeded(), seen.taken()));
        }
        if (seen.taken() > seen.calls()) {
            opinion.fails("SIPp placed %d calls, and its callees took %d".formatted(seen.calls(), seen.taken()));
        }
        long bad = seen.calls() - seen.succeeded();
        if (seen.taken() - seen.ended() > bad) {
            opinion.fails("%d calls of SIPp did not end at its callees as they should"
                    .formatted(seen.taken() - seen.ended()));
        }
    }

    private static void records(History history, Entry.SecondLoad asked, Entry.SecondOpinion seen, Opinion opinion) {
        long answered = history.stream(Entry.CallDetail.class)
                .filter(one -> asked.has(one.caller()) && one.answerAt() >= 0)
                .count();
        opinion.figure("records of answered calls", answered);
        if (answered < seen.succeeded() || answered > seen.calls()) {
            opinion.fails("SIPp placed %d calls, %d succeeded, and %d have a record with an answer"
                    .formatted(seen.calls(), seen.succeeded(), answered));
        }
    }
}
