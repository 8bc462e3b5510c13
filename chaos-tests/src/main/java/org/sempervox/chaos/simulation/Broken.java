package org.sempervox.chaos.simulation;

import java.util.Locale;

/**
 * Deliberately broken builds: faults put between the machines and the world, each of which a named invariant must catch; in the scenarios
 * of one call or in stories of a cluster.
 */
enum Broken {
    NONE("", false),
    FORGET_CALLER_200(Invariants.NOBODY_HANGS, false),
    NEW_BRANCH(Invariants.ONE_BRANCH, false),
    EFFECTS_BEFORE_STORE(Invariants.PLACED_FIRST, false),
    FORGET_BYE(Invariants.NOBODY_HANGS, false),
    FORGET_CANCEL(Invariants.NOBODY_HANGS, false),
    /** The edge answers CANCEL with 200 before the call has stored it. */
    PROMISED_CANCEL(Invariants.SAME_END, false),
    NO_RECORD(Invariants.ONE_RECORD, false),
    DOUBLE_RECORD(Invariants.ONE_RECORD, false),
    RESTART_CSEQ(Invariants.RISING_CSEQ, false),

    /** A node that stood still or was cut off goes on speaking. */
    NO_FENCE(ClusterInvariants.FENCED_SILENT, true),
    /** A node keeps an address that has gone back to its home. */
    KEPT_ADDRESS(ClusterInvariants.ONE_SPEAKER, true),
    /** The same, and edges send what an incarnation wants that was replaced. */
    OLD_EPOCHS(ClusterInvariants.OLD_EPOCH, true),
    OVERWRITING_STORE(ClusterInvariants.ONE_WRITER, true),
    SPEAKS_BEFORE_STORE(ClusterInvariants.STORED_FIRST, true),
    /** A node that takes a call over does not bring about what is owed. */
    FORGETS_WHAT_IT_OWES(ClusterInvariants.NOBODY_HANGS, true),
    /** The newest event is lost on the way from the store. */
    FORGOTTEN_EVENT(ClusterInvariants.NOBODY_HANGS, true),
    HANGS_UP_ON_TAKE_OVER(ClusterInvariants.CALL_KEPT, true),
    /** Each incarnation names its dialogs anew. */
    RINGS_ANEW(ClusterInvariants.RINGS_ONCE, true),
    OTHER_BRANCH(ClusterInvariants.ONE_BRANCH, true),
    CSEQ_FROM_ONE(ClusterInvariants.RISING_CSEQ, true),
    FORGOTTEN_BYE(ClusterInvariants.NOBODY_HANGS, true),
    NO_STORED_RECORD(ClusterInvariants.ONE_RECORD, true),
    SECOND_RECORD(ClusterInvariants.ONE_RECORD, true),
    FORGOTTEN_RELEASE(ClusterInvariants.MEDIA_RELEASED, true),
    FORGOTTEN_SLOT(ClusterInvariants.SLOTS_RELEASED, true),
    /** Media nodes that begin to serve are not told what the calls want. */
    FORGOTTEN_PLANS(ClusterInvariants.MEDIA_PLAN, true),
    FALSE_RECORD(ClusterInvariants.TRUE_RECORD, true),
    FORGOTTEN_BINDINGS(ClusterInvariants.BINDING_KEPT, true),
    UNPUBLISHED_BINDINGS(ClusterInvariants.BINDING_KEPT, true);

    private final String caughtBy;
    private final boolean ofCluster;

    Broken(String caughtBy, boolean ofCluster) {
        this.caughtBy = caughtBy;
        this.ofCluster = ofCluster;
    }

    /** The invariant that must be violated. */
    String caughtBy() {
        return caughtBy;
    }

    /** Shows in stories of a cluster; else in the scenarios of one call. */
    boolean ofCluster() {
        return ofCluster;
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
