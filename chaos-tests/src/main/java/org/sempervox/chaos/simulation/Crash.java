package org.sempervox.chaos.simulation;

import java.time.Duration;

/**
 * A crash at the {@code point}-th crash point of a run, counted from 1.
 *
 * @param downtime until another node has taken over
 */
record Crash(int point, Victim victim, Duration downtime) {
    enum Victim {
        /** The call's node; the edges run on other nodes. */
        ENTITY,
        /** One node had both: client transactions are lost too. */
        ENTITY_AND_EDGE,
        /** The edges' nodes; the call runs elsewhere and is told that the addresses moved. */
        EDGE
    }

    String text() {
        return "point " + point + " "
                + victim.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " " + downtime.toMillis() + "ms";
    }
}
