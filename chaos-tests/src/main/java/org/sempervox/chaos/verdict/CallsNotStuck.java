package org.sempervox.chaos.verdict;

import java.util.List;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** A call that nobody can end any more, or that goes on at one phone only. */
final class CallsNotStuck implements Checker {
    @Override
    public String name() {
        return "no-call-stuck";
    }

    @Override
    public String question() {
        return "Is every call over at both phones?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        long over = 0;
        List<CallStory> calls = CallStory.of(history);
        for (CallStory call : calls) {
            if (call.over().isEmpty()) {
                opinion.unknown(call.name() + ": nothing is said of its end");
                continue;
            }
            Entry.Over end = call.over().get();
            if (end.stuck().isEmpty()) {
                over++;
            } else {
                opinion.fails(call.name() + " goes on: " + end.stuck());
            }
        }
        opinion.figure("over", over);
        if (calls.isEmpty()) {
            opinion.unknown("no call was placed");
        }
    }
}
