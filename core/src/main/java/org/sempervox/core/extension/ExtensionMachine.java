package org.sempervox.core.extension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.sempervox.core.extension.ExtensionCommand.Register;
import org.sempervox.core.extension.ExtensionCommand.ReleaseSlot;
import org.sempervox.core.extension.ExtensionCommand.ReserveSlot;
import org.sempervox.core.extension.ExtensionEvent.BindingExpired;
import org.sempervox.core.extension.ExtensionEvent.ContactBound;
import org.sempervox.core.extension.ExtensionEvent.ContactUnbound;
import org.sempervox.core.extension.ExtensionEvent.SlotReleased;
import org.sempervox.core.extension.ExtensionEvent.SlotReserved;
import org.sempervox.core.extension.ExtensionState.Removal;

/**
 * Rules of one extension: its bindings ({@link Registration}) and the calls that hold one of its slots (S7). An extension owes nothing
 * after a take-over: its answers are repeated when they are asked for again.
 */
public final class ExtensionMachine {
    /** 64·T1 and the same again: no older request is still under way. */
    private static final Duration REMEMBER_REMOVAL = Duration.ofSeconds(64);

    private static final int REMOVALS = 32;

    private ExtensionMachine() {}

    public static ExtensionDecision decide(ExtensionState state, ExtensionMemory memory, ExtensionCommand command) {
        return switch (command) {
            case Register(var at, var request) -> new Registration(state, memory, at, request).decide();
            case ReserveSlot(var at, var call, int limit) -> reserve(state, memory, at, call, limit);
            case ReleaseSlot(var at, var call) -> release(state, memory, at, call);
        };
    }

    private static ExtensionDecision reserve(
            ExtensionState state, ExtensionMemory memory, Instant at, String call, int limit) {
        if (limit <= 0 || state.slots().contains(call)) {
            return slot(List.of(), memory, true);
        }
        if (state.slots().size() >= limit) {
            return slot(List.of(), memory, false);
        }
        return slot(List.of(new SlotReserved(at, call)), memory, true);
    }

    private static ExtensionDecision release(ExtensionState state, ExtensionMemory memory, Instant at, String call) {
        return slot(state.slots().contains(call) ? List.of(new SlotReleased(at, call)) : List.of(), memory, true);
    }

    private static ExtensionDecision slot(List<ExtensionEvent> events, ExtensionMemory memory, boolean granted) {
        return new ExtensionDecision(events, memory, new ExtensionReply.Slot(granted));
    }

    public static ExtensionState evolve(ExtensionState before, ExtensionEvent event) {
        var state = withoutOutdated(before, event.at());
        return switch (event) {
            case ContactBound(var _, var binding) -> bound(state, binding);
            case ContactUnbound e -> unbound(state, ContactKey.of(e.uri(), e.instance(), e.regId()), e);
            case BindingExpired e -> dropped(state, ContactKey.of(e.uri(), e.instance(), e.regId()), e);
            case SlotReserved(var _, var call) -> {
                var slots = new LinkedHashSet<>(state.slots());
                require(slots.add(call), event);
                yield new ExtensionState(state.bindings(), state.removals(), slots);
            }
            case SlotReleased(var _, var call) -> {
                var slots = new LinkedHashSet<>(state.slots());
                require(slots.remove(call), event);
                yield new ExtensionState(state.bindings(), state.removals(), slots);
            }
        };
    }

    private static ExtensionState bound(ExtensionState state, Binding binding) {
        var bindings = new LinkedHashMap<>(state.bindings());
        bindings.put(binding.key(), binding);
        var removals = state.removals().stream()
                .filter(removal -> !removal.key().equals(binding.key()))
                .toList();
        return new ExtensionState(bindings, removals, state.slots());
    }

    private static ExtensionState unbound(ExtensionState state, String key, ContactUnbound event) {
        var removals = new ArrayList<>(state.removals());
        removals.removeIf(removal -> removal.key().equals(key));
        removals.add(new Removal(key, event.callId(), event.cseq(), event.at()));
        if (removals.size() > REMOVALS) {
            removals.removeFirst();
        }
        return new ExtensionState(dropped(state, key, event).bindings(), removals, state.slots());
    }

    private static ExtensionState dropped(ExtensionState state, String key, ExtensionEvent event) {
        var bindings = new LinkedHashMap<>(state.bindings());
        require(bindings.remove(key) != null, event);
        return new ExtensionState(bindings, state.removals(), state.slots());
    }

    /** Bindings whose stored time is over, and old removals, go with the next event. */
    private static ExtensionState withoutOutdated(ExtensionState state, Instant at) {
        Map<String, Binding> bindings = new LinkedHashMap<>(state.bindings());
        bindings.values().removeIf(binding -> !binding.durableUntil().isAfter(at));
        var removals = state.removals().stream()
                .filter(removal -> removal.at().plus(REMEMBER_REMOVAL).isAfter(at))
                .toList();
        return new ExtensionState(bindings, removals, state.slots());
    }

    private static void require(boolean possible, ExtensionEvent event) {
        if (!possible) {
            throw new IllegalStateException("impossible here: " + event);
        }
    }
}
