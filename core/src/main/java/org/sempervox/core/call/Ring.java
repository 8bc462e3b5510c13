package org.sempervox.core.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.Flow;

/**
 * One round of ringing: the target set of a fork, fixed when it starts (S14).
 *
 * @param extension called extension
 * @param name its display name; empty if none
 * @param until no answer by then ends the round
 * @param noAnswer number to try then; null for none
 * @param busy number to try when every phone is busy; null for none
 */
public record Ring(
        String extension,
        String name,
        List<RingLeg> legs,
        Instant until,
        @Nullable String noAnswer,
        @Nullable String busy) {
    public Ring {
        legs = List.copyOf(legs);
    }

    /** A phone that rings: its leg number, final for the life of the call, and where its INVITE goes. */
    public record RingLeg(int number, String uri, Flow flow) {}
}
