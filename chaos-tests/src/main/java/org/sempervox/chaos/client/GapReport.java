package org.sempervox.chaos.client;

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
        Percentiles all = Percentiles.of(heard.stream().mapToDouble(gap).boxed().toList());
        int open = (int) heard.stream().filter(endless).count();
        return new Gaps(heard.size(), all.rank(50), all.rank(99), all.max(), open);
    }
}
