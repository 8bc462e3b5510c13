package org.sempervox.core.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verdict on one command: facts to store, then effects that nobody will ask for again (repeated answers, provisional responses), and what
 * to keep in memory. What is owed is not listed: it follows from the state ({@link CallOwed}).
 */
public record Decision(List<CallEvent> events, List<CallEffect> effects, CallMemory memory) {
    public Decision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }

    static Decision ignore(CallMemory memory) {
        return new Decision(List.of(), List.of(), memory);
    }

    static Decision store(CallMemory memory, CallEvent... events) {
        return new Decision(List.of(events), List.of(), memory);
    }

    static Decision only(CallMemory memory, CallEffect... effects) {
        return new Decision(List.of(), List.of(effects), memory);
    }

    Decision and(CallEvent event) {
        var all = new ArrayList<>(events);
        all.add(event);
        return new Decision(all, effects, memory);
    }

    /** Null for nothing more. */
    Decision also(@Nullable CallEffect effect) {
        return effect == null ? this : then(effect);
    }

    Decision then(CallEffect effect) {
        var all = new ArrayList<>(effects);
        all.add(effect);
        return new Decision(events, all, memory);
    }
}
