package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** Audio names its call and its direction: whoever hears another one, or himself, hears what is not for him. */
final class NoStranger implements Checker {
    @Override
    public String name() {
        return "no-stranger-heard";
    }

    @Override
    public String question() {
        return "Did everybody hear only the person he talks to?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        long heard = 0;
        for (CallStory call : CallStory.of(history)) {
            for (Entry.Audio stretch : call.audio()) {
                heard += stretch.heard();
                if (stretch.strange() + stretch.own() + stretch.wrongWay() > 0) {
                    opinion.fails("%s: the %s heard %d packets of other calls, %d of himself, %d in the wrong direction"
                            .formatted(
                                    call.name(),
                                    stretch.listener().name().toLowerCase(java.util.Locale.ROOT),
                                    stretch.strange(),
                                    stretch.own(),
                                    stretch.wrongWay()));
                }
            }
        }
        opinion.figure("packets heard", heard);
        if (heard == 0) {
            opinion.unknown("nobody heard anything");
        }
    }
}
