package org.sempervox.core.call;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/** The calls that run on this node now: for moves of service addresses, {@code calls} and {@code audit}. Thread-safe. */
public final class LiveCalls {
    private final ConcurrentHashMap<String, Entry> calls = new ConcurrentHashMap<>();

    /** A running call and its state after the last stored event. */
    public record Entry(ActorRef<CallEntity.Message> ref, CallState state, Supplier<List<String>> open) {
        /** Names of what it owes; worked out when asked. */
        public List<String> owed() {
            return open.get();
        }
    }

    void put(String id, Entry entry) {
        calls.put(id, entry);
    }

    void remove(String id, ActorRef<CallEntity.Message> ref) {
        calls.computeIfPresent(id, (key, entry) -> entry.ref().equals(ref) ? null : entry);
    }

    public Collection<java.util.Map.Entry<String, Entry>> all() {
        return calls.entrySet();
    }

    /** A call that runs here. */
    public java.util.Optional<Entry> entry(String id) {
        return java.util.Optional.ofNullable(calls.get(id));
    }

    /** The entity of a call, if it runs here. */
    public java.util.Optional<ActorRef<CallEntity.Message>> find(String id) {
        Entry entry = calls.get(id);
        return entry == null ? java.util.Optional.empty() : java.util.Optional.of(entry.ref());
    }

    public int size() {
        return calls.size();
    }
}
