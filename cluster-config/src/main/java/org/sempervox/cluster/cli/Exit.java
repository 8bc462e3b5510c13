package org.sempervox.cluster.cli;

/** Exit codes of every verb. */
public final class Exit {
    public static final int DONE = 0;

    /** Something lost, a check red. */
    public static final int BAD_VERDICT = 1;

    /** Bad usage or configuration. */
    public static final int BAD_USAGE = 2;

    /** Refused for safety. */
    public static final int REFUSED = 3;

    /** Interrupted, everything cleaned up. */
    public static final int INTERRUPTED = 130;

    private Exit() {}
}
