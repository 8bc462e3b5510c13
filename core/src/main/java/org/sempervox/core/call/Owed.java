package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An effect not yet known to have happened (S1).
 *
 * @param key names it for the life of the call
 * @param effect makes it: most of what is owed is only counted, not brought about
 * @param service service address it leaves from; -1 if it leaves from none
 * @param discharge what ends it
 * @param repeat pause before it is brought about again; null for never by itself
 * @param from not before; null for at once
 * @param until not worth bringing about from then on; null for ever
 */
record Owed(
        String key,
        Supplier<? extends CallEffect> effect,
        int service,
        Discharge discharge,
        @Nullable Duration repeat,
        @Nullable Instant from,
        @Nullable Instant until) {
    Owed(
            String key,
            Supplier<? extends CallEffect> effect,
            int service,
            Discharge discharge,
            @Nullable Duration repeat,
            @Nullable Instant until) {
        this(key, effect, service, discharge, repeat, null, until);
    }

    /** Still to be brought about again by itself; a 1xx to an INVITE ends that (RFC 3261 §17.1.1.2). */
    boolean repeats() {
        return discharge == Discharge.ACKNOWLEDGED || repeat != null;
    }

    enum Discharge {
        /** Brought about once in an incarnation. */
        ONCE,
        /** By a report or an event. */
        REPORTED,
        /** By an ACK; repeated after T1, 2·T1, … T2 (RFC 3261 §13.3.1.4, §17.2.1 timer G). */
        ACKNOWLEDGED
    }
}
