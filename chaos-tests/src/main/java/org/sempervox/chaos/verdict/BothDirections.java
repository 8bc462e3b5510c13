package org.sempervox.chaos.verdict;

import java.util.stream.Stream;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.history.Verb;

/** One-way audio: one side hears and the other does not, or not any more. */
final class BothDirections implements Checker {
    private static final double LEAST_MS = 1000;

    @Override
    public String name() {
        return "both-directions";
    }

    @Override
    public String question() {
        return "Did both sides hear each other, also after a hold?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        long stretches = 0;
        for (CallStory call : CallStory.of(history)) {
            for (Entry.Audio stretch : call.audio()) {
                stretches++;
                String side = stretch.listener().name().toLowerCase(java.util.Locale.ROOT);
                if (stretch.heard() == 0 && stretch.at() - stretch.began() >= LEAST_MS) {
                    opinion.fails("%s: the %s heard nothing from %.1f to %.1f s"
                            .formatted(call.name(), side, stretch.began() / 1000, stretch.at() / 1000));
                }
            }
            if (call.established()) {
                Stream.of(Side.values()).forEach(side -> listened(call, side, opinion));
            }
            call.operations().stream()
                    .filter(one -> one.verb() == Verb.HEAR_AT_CALLER || one.verb() == Verb.HEAR_AT_CALLEE)
                    .filter(one -> one.result() != Result.OK && call.established())
                    .forEach(one -> opinion.fails(call.name() + ": " + CallStory.words(one)));
        }
        opinion.figure("stretches", stretches);
        if (stretches == 0) {
            opinion.unknown("nobody listened");
        }
    }

    /** Somebody listened at that side, and after the last hold too: for a stretch, or until the other one was heard. */
    private static void listened(CallStory call, Side side, Opinion opinion) {
        String where = call.name() + ": nobody listened at the " + side.name().toLowerCase(java.util.Locale.ROOT);
        if (!call.heardAt(side)) {
            opinion.unknown(where);
            return;
        }
        double resumed = call.operations().stream()
                .filter(one -> one.verb() == Verb.RESUME && one.result() == Result.OK)
                .mapToDouble(Entry.Operation::began)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        Verb hear = side == Side.CALLER ? Verb.HEAR_AT_CALLER : Verb.HEAR_AT_CALLEE;
        boolean stretch = call.audio().stream().anyMatch(one -> one.listener() == side && one.at() > resumed);
        boolean heard = call.operations().stream().anyMatch(one -> one.verb() == hear && one.at() > resumed);
        if (!stretch && !heard) {
            opinion.unknown(where + " after the hold");
        }
    }
}
