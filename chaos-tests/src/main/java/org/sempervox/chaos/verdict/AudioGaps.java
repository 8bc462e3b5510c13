package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.client.Percentiles;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.Side;

/** The longest silence of each stretch of talking, at both ends. */
final class AudioGaps implements Checker {
    /** Between two packets with no silence told of: 60 ms beyond one packet's time, doubled to be on the safe side. */
    private static final double SPARSEST_MS = 200;

    private static final double SLACK_MS = 1000;

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
            if (call.established() && !(call.heardAt(Side.CALLER) && call.heardAt(Side.CALLEE))) {
                opinion.unknown(call.name() + ": nobody listened at both ends");
            }
            for (Entry.Audio stretch : call.audio()) {
                List<Silence> silences = silences(stretch);
                doubt(call, stretch, opinion);
                double longest =
                        silences.stream().mapToDouble(Silence::ms).max().orElse(0);
                gaps.add(longest);
                silences.stream()
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

    /** A stretch in which nothing was heard is one silence. */
    private static List<Silence> silences(Entry.Audio stretch) {
        boolean all = stretch.heard() == 0 && stretch.silences().isEmpty();
        return all ? List.of(new Silence(stretch.began(), stretch.at() - stretch.began(), true)) : stretch.silences();
    }

    /** The packets that were heard must fill what was not silent, even with the longest pauses that are no silences. */
    private static void doubt(CallStory call, Entry.Audio stretch, Opinion opinion) {
        double told = silences(stretch).stream().mapToDouble(Silence::ms).sum();
        double length = stretch.at() - stretch.began();
        if (length - told - SLACK_MS > stretch.heard() * SPARSEST_MS) {
            opinion.unknown("%s: the %s heard %d packets in %.1f s, and only %.1f s of silence are told of"
                    .formatted(
                            call.name(),
                            stretch.listener().name().toLowerCase(java.util.Locale.ROOT),
                            stretch.heard(),
                            length / 1000,
                            told / 1000));
        }
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
