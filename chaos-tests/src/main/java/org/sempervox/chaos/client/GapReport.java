package org.sempervox.chaos.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Audio gaps over many calls, since each pair's last mark; a gap that has not ended counts up to now. */
public record GapReport(Gaps callerToCallee, Gaps calleeToCaller) {

    /** Milliseconds, nearest rank, endless gaps included; all zero if there were no calls. */
    public record Gaps(int calls, double p50, double p99, double max, int endless) {}

    /** The pattern of the other side, for pairs that talk. Measures now, so before the calls are held or finished. */
    public static GapReport of(Collection<CallPair> pairs) {
        return new GapReport(voice(callees(pairs)), voice(callers(pairs)));
    }

    /** Sound of any kind, for pairs on hold: the held side should hear music, the holder nothing. */
    public static GapReport ofAnySound(Collection<CallPair> pairs) {
        return new GapReport(sound(callees(pairs)), sound(callers(pairs)));
    }

    private static List<AudioStats> callers(Collection<CallPair> pairs) {
        return pairs.stream().map(pair -> pair.caller().audio().stats()).toList();
    }

    private static List<AudioStats> callees(Collection<CallPair> pairs) {
        return pairs.stream().map(pair -> pair.callee().audio().stats()).toList();
    }

    private static Gaps voice(List<AudioStats> heard) {
        return gaps(heard, AudioStats::longestGapMs, AudioStats::endless);
    }

    private static Gaps sound(List<AudioStats> heard) {
        return gaps(heard, AudioStats::anyGapMs, AudioStats::anyEndless);
    }

    static Gaps gaps(List<AudioStats> heard, ToDoubleFunction<AudioStats> gap, Predicate<AudioStats> endless) {
        double[] sorted = heard.stream().mapToDouble(gap).toArray();
        Arrays.sort(sorted);
        int open = (int) heard.stream().filter(endless).count();
        return new Gaps(sorted.length, rank(sorted, 50), rank(sorted, 99), rank(sorted, 100), open);
    }

    private static double rank(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(0, rank - 1)];
    }
}
