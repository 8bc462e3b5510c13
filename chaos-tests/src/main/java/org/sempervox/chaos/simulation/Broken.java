package org.sempervox.chaos.simulation;

import java.util.Locale;

/** Deliberately broken builds: faults put between the machine and the world, each of which a named invariant must catch. */
enum Broken {
    NONE(""),
    FORGET_CALLER_200(Invariants.NOBODY_HANGS),
    NEW_BRANCH(Invariants.ONE_BRANCH),
    EFFECTS_BEFORE_STORE(Invariants.PLACED_FIRST),
    FORGET_BYE(Invariants.NOBODY_HANGS),
    FORGET_CANCEL(Invariants.NOBODY_HANGS),
    /** The edge answers CANCEL with 200 before the call has stored it. */
    PROMISED_CANCEL(Invariants.SAME_END),
    NO_RECORD(Invariants.ONE_RECORD),
    DOUBLE_RECORD(Invariants.ONE_RECORD),
    RESTART_CSEQ(Invariants.RISING_CSEQ);

    private final String caughtBy;

    Broken(String caughtBy) {
        this.caughtBy = caughtBy;
    }

    /** The invariant that must be violated. */
    String caughtBy() {
        return caughtBy;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Broken of(String text) {
        for (Broken broken : values()) {
            if (broken.text().equals(text)) {
                return broken;
            }
        }
        throw new IllegalArgumentException("no broken build \"" + text + "\"");
    }
}
