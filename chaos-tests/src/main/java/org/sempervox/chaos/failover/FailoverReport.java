package org.sempervox.chaos.failover;

import java.util.List;
import java.util.Map;
import org.sempervox.chaos.client.GapReport.Gaps;
import org.sempervox.chaos.cluster.ClusterLoad;

/**
 * What one fault did to the calls of all rows.
 *
 * @param fault as the failover matrix names it
 * @param struck the nodes, in the order of the blows
 * @param load what each node carried before
 * @param spread whether every full node carried at least a fifth of the entities, the edges and the media
 * @param newCallDelayMs from INVITE to answer, of calls placed during the fault
 * @param entityAnswersMs from the blow to the first answer to a request within a dialog, of calls that ran on the node struck first
 * @param wokenMs from SIGCONT to the exit of a frozen node; negative if none was frozen
 * @param afterWaking breaks in the audio of all talking calls in the second after a frozen node woke
 * @param phonesLateMs gaps shorter than this are the phones' own
 * @param remarks everything that was not right, for people
 */
public record FailoverReport(
        String fault,
        String topology,
        List<String> struck,
        Map<String, ClusterLoad.Share> load,
        boolean spread,
        List<RowFigures> rows,
        int calls,
        int lost,
        int silent,
        GapMs gapMs,
        Figures newCallDelayMs,
        Figures entityAnswersMs,
        Records records,
        int violations,
        Left left,
        double wokenMs,
        long afterWaking,
        double phonesLateMs,
        List<String> remarks,
        String verdict) {
    /**
     * One row.
     *
     * @param lost could not be brought to their end as users would
     * @param silent lived, but were not heard in both directions
     * @param recordsWrong missing, double or not what the phones saw
     * @param answerMs from INVITE to answer, where that is after the blow
     */
    public record RowFigures(
            String row, String title, int calls, int lost, int silent, int recordsWrong, Figures answerMs) {}

    public record GapMs(Gaps callerToCallee, Gaps calleeToCaller) {}

    public record Records(int expected, int found, int wrong) {}

    /** After the last call: effects still owed and media sessions still there. */
    public record Left(int owed, int mediaSessions) {}

    public boolean isOk() {
        return verdict.equals("ok");
    }
}
