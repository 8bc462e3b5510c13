package org.sempervox.chaos.history;

/**
 * What a scenario may cost at most.
 *
 * @param gapMs longest silence in a call; negative: not judged
 * @param newCallMs from the INVITE of a call to its ringing; negative: not judged
 * @param failedCalls calls that may fail to be set up
 * @param lostCalls established calls that may be lost
 * @param estimatedRecords whether a record may hold an estimated end (S29)
 * @param fencedSilent whether a woken or cut-off node must have ended by itself
 */
public record Expectations(
        double gapMs,
        double newCallMs,
        int failedCalls,
        int lostCalls,
        boolean estimatedRecords,
        boolean fencedSilent) {}
