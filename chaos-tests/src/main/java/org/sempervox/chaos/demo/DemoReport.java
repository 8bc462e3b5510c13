package org.sempervox.chaos.demo;

import org.sempervox.chaos.client.GapReport.Gaps;

/**
 * Figures of one demonstration, named as the command line's contract names them.
 *
 * @param lost calls that could not be held, taken back and ended from both sides after the fault
 * @param newCallDelayMs from INVITE to answer, of calls placed during the fault
 */
record DemoReport(
        int calls,
        int lost,
        Killed killed,
        GapMs gapMs,
        Delay newCallDelayMs,
        int cdrExpected,
        int cdrFound,
        int cdrWrong,
        double phonesLateMs,
        String verdict) {
    /** The node that was killed and what was on it. */
    record Killed(String node, int callsOnIt, int entitiesOnIt, int edgesOnIt, int mediaOnIt) {}

    record GapMs(Gaps callerToCallee, Gaps calleeToCaller) {}

    record Delay(int calls, int answered, double p50, double max) {}
}
