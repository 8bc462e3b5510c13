package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;

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
        long lost = 0;
        for (CallStory call : CallStory.of(history)) {
            if (!call.established()) {
                continue;
            }
            established++;
            var bad = call.broken();
            if (call.lost()) {
                lost++;
                String why = call.name() + ": " + bad.map(CallStory::words).orElse("nothing is said of its end");
                if (bad.filter(one -> one.result() == Result.FAILED).isPresent() || over(call)) {
                    count(history, opinion, lost, why);
                } else {
                    opinion.unknown(why);
                }
            }
        }
        opinion.figure("established", established);
        opinion.figure("lost", lost);
    }

    private static boolean over(CallStory call) {
        return call.over().isPresent();
    }

    private static void count(History history, Opinion opinion, long lost, String why) {
        if (lost > history.begin().expect().lostCalls()) {
            opinion.fails(why);
        } else {
            opinion.text("allowed", why);
        }
    }
}
