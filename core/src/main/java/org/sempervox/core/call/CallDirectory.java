package org.sempervox.core.call;

/** The way from an edge to a call, wherever its entity is. Never blocks; called from receive threads. Delivery is at most once. */
@FunctionalInterface
public interface CallDirectory {
    /** Gives a command to the entity of that id (S10); {@link #onlyIfLive} tells which commands must not wake an unknown one. */
    void deliver(String call, CallCommand command);

    /**
     * True for commands that nobody authenticated or that nobody waits for: a CANCEL by S10 and any ACK. For a call that does not live
     * they are dropped without a trace (S11); every other command gets an answer from the entity.
     */
    static boolean onlyIfLive(CallCommand command) {
        return command instanceof CallCommand.ReportCancel
                || (command instanceof CallCommand.ReportRequest report
                        && report.request().method().equals("ACK"));
    }
}
