package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallMemory.Due;
import org.sempervox.core.call.CallMemory.Issue;
import org.sempervox.core.call.Owed.Discharge;

/** When what is owed is brought about, first and again. */
final class OwedSchedule {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private OwedSchedule() {}

    static Due due(List<Owed> all, CallMemory memory, Instant now) {
        var effects = new ArrayList<CallEffect>();
        Map<String, Issue> issued = new HashMap<>();
        for (Owed owed : all) {
            Issue last = memory.issued().get(owed.key());
            boolean early = owed.from() != null && now.isBefore(owed.from());
            if (memory.proved().contains(owed.key()) || early || expired(owed, now)) {
                continue;
            }
            boolean again = last != null
                    && last.next() != null
                    && owed.repeats()
                    && !last.next().isAfter(now);
            if (last == null || again) {
                effects.add(owed.effect().get());
                int times = last == null ? 1 : last.times() + 1;
                issued.put(owed.key(), new Issue(times, next(owed, times, now), owed.service()));
            } else {
                issued.put(owed.key(), last);
            }
        }
        return new Due(effects, issued.equals(memory.issued()) ? memory : memory.issuing(issued));
    }

    /** When {@link #due} has something to repeat; empty if never by itself. */
    static Optional<Instant> next(List<Owed> all, CallMemory memory) {
        Instant first = null;
        for (Owed owed : all) {
            Issue issue = memory.issued().get(owed.key());
            Instant next = issue == null ? owed.from() : owed.repeats() ? issue.next() : null;
            if (next == null || memory.proved().contains(owed.key())) {
                continue;
            }
            if (owed.until() != null && !next.isBefore(owed.until())) {
                continue;
            }
            if (first == null || next.isBefore(first)) {
                first = next;
            }
        }
        return Optional.ofNullable(first);
    }

    /** Keys that are neither proved nor past their time. */
    static List<String> open(List<Owed> all, CallMemory memory, Instant now) {
        return all.stream()
                .filter(owed -> !memory.proved().contains(owed.key()) && !expired(owed, now))
                .filter(owed ->
                        owed.discharge() != Discharge.ONCE || !memory.issued().containsKey(owed.key()))
                .map(Owed::key)
                .toList();
    }

    private static boolean expired(Owed owed, Instant now) {
        return owed.until() != null && !now.isBefore(owed.until());
    }

    private static @Nullable Instant next(Owed owed, int times, Instant now) {
        if (owed.discharge() == Discharge.ACKNOWLEDGED) {
            Duration pause = times > 3 ? T2 : T1.multipliedBy(1L << (times - 1));
            return now.plus(pause);
        }
        return owed.repeat() == null ? null : now.plus(owed.repeat());
    }
}
