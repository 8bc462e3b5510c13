package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.History;

/** The longest silence of each stretch of talking, at both ends. */
final class AudioGaps implements Checker {
    @Override
    public String name() {
        return "audio-gaps";
    }

    @Override
    public String question() {
        return "Was no one left in silence for longer than the scenario allows?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        double most = history.begin().expect().gapMs();
        double late = history.stream(Entry.Phones.class)
                .mapToDouble(Entry.Phones::worstLateMs)
                .max()
                .orElse(0);
        List<Double> gaps = new ArrayList<>();
        for (CallStory call : CallStory.of(history)) {
            for (Entry.Audio stretch : call.audio()) {
                double longest = stretch.silences().stream()
                        .mapToDouble(Silence::ms)
                        .max()
                        .orElse(0);
                gaps.add(longest);
                stretch.silences().stream()
                        .filter(silence -> most >= 0 && silence.ms() > most)
                        .forEach(silence -> judge(call, stretch, silence, late, opinion));
            }
        }
        if (gaps.isEmpty()) {
            opinion.unknown("nobody listened");
        }
        Percentiles all = Percentiles.of(gaps);
        opinion.milliseconds("longest", all.max());
        opinion.milliseconds("p99", all.rank(99));
        opinion.milliseconds("p50", all.rank(50));
        opinion.figure("stretches", gaps.size());
        opinion.text("allowed", most < 0 ? "any" : "%.0f ms".formatted(most));
    }

    /** A silence that the phones' own lateness explains says nothing. */
    private static void judge(CallStory call, Entry.Audio stretch, Silence silence, double late, Opinion opinion) {
        String why = "%s: the %s heard nothing for %.0f ms from %.1f s on%s"
                .formatted(
                        call.name(),
                        stretch.listener().name().toLowerCase(java.util.Locale.ROOT),
                        silence.ms(),
                        silence.from() / 1000,
                        silence.open() ? ", to the end" : "");
        if (silence.ms() <= late) {
            opinion.unknown(why + "; the phones themselves were %.0f ms late".formatted(late));
        } else {
            opinion.fails(why);
        }
    }
}
