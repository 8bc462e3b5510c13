package org.sempervox.chaos.verdict;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/**
 * Each life of an entity writes with a mark of its own. Whoever writes after a later life has begun, or the same number twice, was alive
 * beside it.
 */
final class OneEntity implements Checker {
    /** Nodes' clocks agree to within two seconds (S27); on one machine they are one. */
    private static final double TOLERANCE_MS = 50;

    @Override
    public String name() {
        return "one-entity";
    }

    @Override
    public String question() {
        return "Was no call alive in two places at once (by who wrote its history)?";
    }

    @Override
    public void check(History history, Opinion opinion) {
        if (!history.begin().journal()) {
            opinion.notLookedAt("the store's rows were not read");
            return;
        }
        Map<String, TreeMap<Long, Entry.Writing>> entities = new TreeMap<>();
        long moved = 0;
        for (Entry.Writing one : history.of(Entry.Writing.class)) {
            var runs = entities.computeIfAbsent(one.entity(), _ -> new TreeMap<>());
            Entry.Writing same = runs.putIfAbsent(one.first(), one);
            if (same != null) {
                opinion.fails(one.entity() + ": event " + one.first() + " is there twice, by " + same.writer() + " and "
                        + one.writer());
            }
        }
        Map<String, Set<String>> ended = new HashMap<>();
        for (var entity : entities.entrySet()) {
            List<Entry.Writing> runs = List.copyOf(entity.getValue().values());
            moved += runs.size() > 1 ? 1 : 0;
            for (int i = 1; i < runs.size(); i++) {
                Entry.Writing before = runs.get(i - 1);
                Entry.Writing one = runs.get(i);
                Set<String> over = ended.computeIfAbsent(entity.getKey(), _ -> new HashSet<>());
                if (!before.writer().equals(one.writer())) {
                    over.add(before.writer());
                }
                if (one.first() > before.last() + 1) {
                    opinion.unknown(entity.getKey() + ": events " + (before.last() + 1) + " to " + (one.first() - 1)
                            + " are missing");
                }
                if (before.last() >= one.first()) {
                    opinion.fails(entity.getKey() + ": events " + one.first() + " to "
                            + Math.min(before.last(), one.last()) + " are there twice");
                }
                if (before.to() > one.from() + TOLERANCE_MS) {
                    opinion.fails("%s: %s wrote event %d at %.3f s, after %s had written event %d at %.3f s"
                            .formatted(
                                    entity.getKey(),
                                    before.writer(),
                                    before.last(),
                                    before.to() / 1000,
                                    one.writer(),
                                    one.first(),
                                    one.from() / 1000));
                }
                if (over.contains(one.writer())) {
                    opinion.fails(entity.getKey() + ": " + one.writer() + " wrote event " + one.first()
                            + " after another one had taken over");
                }
            }
        }
        opinion.figure("histories", entities.size());
        opinion.figure("taken over", moved);
        if (entities.isEmpty()) {
            opinion.unknown("the store has no rows of calls");
        }
    }
}
