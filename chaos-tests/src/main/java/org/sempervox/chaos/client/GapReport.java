package org.sempervox.chaos.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;

/** Audio gaps over many calls, since each pair's last mark; a gap that has not ended counts up to now. */
public record GapReport(Gaps callerToCallee, Gaps calleeToCaller) {

    /** Milliseconds, nearest rank; all zero if there were no calls. */
    public record Gaps(int calls, double p50, double p99, double max, int endless) {}

    /** Measures now; must come before the calls are held or finished. */
    public static GapReport of(Collection<CallPair> pairs) {
        return new GapReport(
                gaps(pairs, pair -> pair.callee().audio().stats()),
                gaps(pairs, pair -> pair.caller().audio().stats()));
    }

    private static Gaps gaps(Collection<CallPair> pairs, Function<CallPair, AudioStats> receiver) {
        double[] sorted = new double[pairs.size()];
        int endless = 0;
        int at = 0;
        for (CallPair pair : pairs) {
            AudioStats stats = receiver.apply(pair);
            sorted[at] = stats.longestGapMs();
            at++;
            endless += stats.endless() ? 1 : 0;
        }
        Arrays.sort(sorted);
        return new Gaps(sorted.length, rank(sorted, 50), rank(sorted, 99), rank(sorted, 100), endless);
    }

    private static double rank(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(0, rank - 1)];
    }
}
