package org.sempervox.core.call;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sempervox.core.dialog.ReplyRecipe;

/** The offer/answer exchange of an established call (RFC 3264; RFC 3261 §14): at most one at a time, passed from one leg to the other. */
public sealed interface Exchange {
    record None() implements Exchange {}

    /**
     * A re-INVITE of {@code from} went to the other leg with our {@code seq}; its answer is awaited.
     *
     * @param offer empty for a delayed offer
     */
    record Offered(Instant at, int from, ReplyRecipe invite, String offer, long seq) implements Exchange {}

    /**
     * The whole cluster stood still for longer than peers repeat anything: each leg is asked by a re-INVITE whether it is still there (S29).
     *
     * @param aliveAt last proof that the cluster lived
     * @param open our sequence number by leg that has not answered yet
     */
    record Probing(Instant at, Instant aliveAt, SortedMap<Integer, Long> open) implements Exchange {
        public Probing {
            open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
        }

        boolean asks(int leg, long seq) {
            Long asked = open.get(leg);
            return asked != null && asked == seq;
        }

        Exchange without(int leg) {
            var left = new TreeMap<>(open);
            left.remove(leg);
            return left.isEmpty() ? new None() : new Probing(at, aliveAt, left);
        }
    }

    /**
     * The other leg answered; {@code from} has our final response until it acknowledges.
     *
     * @param answer SDP of the other leg (an offer if {@code offer} is empty)
     * @param acknowledged SDP of the ACK to a delayed offer; empty before it came or if the offer was not delayed
     */
    record Answered(
            Instant at,
            int from,
            ReplyRecipe invite,
            String offer,
            long seq,
            int status,
            String answer,
            String acknowledged)
            implements Exchange {
        boolean delayed() {
            return offer.isEmpty();
        }
    }
}
