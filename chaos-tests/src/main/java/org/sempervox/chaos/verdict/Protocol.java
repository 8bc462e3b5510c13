package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** What phones never see of a correct server: CSeq that falls, a phone that rings twice, a tag that changes. */
final class Protocol implements Checker {
    @Override
    public String name() {
        return "protocol-kept";
    }

    @Override
    public String question() {
        return "Did no phone see the server break the protocol (CSeq, tags, a second ringing)?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        var all = history.of(Entry.Violation.class);
        opinion.figure("violations", all.size());
        all.forEach(one -> opinion.fails("phone %s at %.1f s: %s, %s (Call-ID %s)"
                .formatted(one.phone(), one.at() / 1000, one.rule(), one.detail(), one.callId())));
    }
}
