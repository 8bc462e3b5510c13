package org.sempervox.chaos.simulation.story;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a story shorter and plainer for as long as it still fails (delta debugging, Zeller 1999). */
public final class Shrinker {
    private final Predicate<Story> fails;
    private int left;

    /**
     * @param fails whether a story still shows what is looked for
     * @param trials how many stories are tried at most
     */
    public Shrinker(Predicate<Story> fails, int trials) {
        this.fails = fails;
        this.left = trials;
    }

    public Story shrink(Story story) {
        Story before;
        Story now = story;
        do {
            before = now;
            now = simpler(withoutLines(now));
        } while (!now.equals(before) && left > 0);
        return now;
    }

    private boolean stillFails(Story story) {
        return left-- > 0 && fails.test(story);
    }

    private Story withoutLines(Story story) {
        Story now = story;
        for (int size = Math.max(1, now.lines().size() / 2); size >= 1; size = size == 1 ? 0 : (size + 1) / 2) {
            int from = 0;
            while (from < now.lines().size()) {
                var lines = new ArrayList<>(now.lines());
                lines.subList(from, Math.min(lines.size(), from + size)).clear();
                Story shorter = now.with(lines);
                if (stillFails(shorter)) {
                    now = shorter;
                } else {
                    from += size;
                }
            }
        }
        return now;
    }

    private Story simpler(Story story) {
        Story now = story;
        if (now.nodes() > 2 && stillFails(new Story(2, now.lines()))) {
            now = new Story(2, now.lines());
        }
        for (int i = 0; i < now.lines().size(); i++) {
            for (Line plainer : plainer(now.lines().get(i))) {
                var lines = new ArrayList<>(now.lines());
                lines.set(i, plainer);
                Story candidate = now.with(lines);
                if (!plainer.equals(now.lines().get(i)) && stillFails(candidate)) {
                    now = candidate;
                    break;
                }
            }
        }
        return now;
    }

    /** The plainest first. */
    private static List<Line> plainer(Line line) {
        return switch (line) {
            case Line.Phone p -> {
                Line.Phone plain = Line.Phone.plain(p.name());
                yield List.of(
                        plain,
                        new Line.Phone(p.name(), p.extension(), 0, 30, 1000, 0, false, false),
                        new Line.Phone(p.name(), p.extension(), p.service(), 30, 1000, 0, false, false),
                        new Line.Phone(p.name(), p.extension(), p.service(), 30, p.answers(), 0, false, false),
                        new Line.Phone(
                                p.name(), p.extension(), p.service(), 30, p.answers(), p.refuses(), false, false),
                        new Line.Phone(
                                p.name(),
                                p.extension(),
                                p.service(),
                                30,
                                p.answers(),
                                p.refuses(),
                                p.early(),
                                p.offersLate()));
            }
            case Line.Extension e ->
                List.of(
                        new Line.Extension(e.number(), e.rings(), "", "", 0),
                        new Line.Extension(e.number(), e.rings(), e.noAnswer(), e.busy(), 0));
            case Line.Action a -> List.of(new Line.Action(round(a.at()), a.phone(), a.verb(), a.value()));
            case Line.NodeFault f ->
                List.of(
                        new Line.NodeFault(round(f.at()), f.node(), f.kind(), round(f.lasts())),
                        new Line.NodeFault(f.at(), f.node(), f.kind(), round(f.lasts())));
            case Line.StoreFault f ->
                List.of(
                        new Line.StoreFault(round(f.at()), round(f.lasts()), f.slower()),
                        new Line.StoreFault(f.at(), round(f.lasts()), f.slower()));
            case Line.Sky s ->
                List.of(
                        new Line.Sky(0, 0, 0, s.seed()),
                        new Line.Sky(s.loses(), 0, 0, s.seed()),
                        new Line.Sky(0, s.repeats(), 0, s.seed()),
                        new Line.Sky(0, 0, s.delays(), s.seed()));
            case Line.Fate _ -> List.of();
        };
    }

    private static int round(int millis) {
        return Math.max(100, (millis + 50) / 100 * 100);
    }
}
