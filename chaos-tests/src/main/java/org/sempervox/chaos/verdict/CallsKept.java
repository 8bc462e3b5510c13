package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Verb;

/** An established call is lost unless hold, resume and BYE were done and the BYE reached the other side. */
final class CallsKept implements Checker {
    @Override
    public String name() {
        return "no-call-lost";
    }

    @Override
    public String question() {
        return "Could every established call be held, resumed and hung up, and was the other side told?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        long established = 0;
        var certain = new ArrayList<String>();
        var doubtful = new ArrayList<String>();
        for (CallStory call : CallStory.of(history)) {
            if (call.established()) {
                established++;
                if (call.lost()) {
                    String why = call.name() + ": "
                            + call.broken().map(CallStory::words).orElse("nothing is said of its end");
                    (isCertain(call) ? certain : doubtful).add(why);
                }
            } else if (!isKnownNotEstablished(call)) {
                doubtful.add(call.name() + ": nobody knows whether it was established");
            }
        }
        opinion.figure("established", established);
        opinion.figure("lost", certain.size());
        int allowed = history.begin().expect().lostCalls();
        for (int i = 0; i < certain.size(); i++) {
            if (i < allowed) {
                opinion.text("allowed loss " + (i + 1), certain.get(i));
            } else {
                opinion.fails(certain.get(i));
            }
        }
        doubtful.forEach(opinion::unknown);
        if (established == 0) {
            opinion.unknown("no call was established");
        }
    }

    /** A call that is over will not be ended any more. */
    private static boolean isCertain(CallStory call) {
        return call.over().isPresent()
                || call.broken().filter(one -> one.result() == Result.FAILED).isPresent();
    }

    private static boolean isKnownNotEstablished(CallStory call) {
        return call.over()
                .map(over -> !over.established())
                .orElseGet(() -> call.operations().stream()
                        .anyMatch(one -> one.verb() == Verb.CONNECT && one.result() == Result.FAILED));
    }
}
