package org.sempervox.cluster.membership;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told of a change of ownership, and in which order: first who serves the addresses, then who sends from them. */
final class Subscribers {
    private final List<Consumer<Set<String>>> serving = new CopyOnWriteArrayList<>();
    private final List<Consumer<Set<String>>> using = new CopyOnWriteArrayList<>();

    void add(Consumer<Set<String>> listener) {
        serving.add(listener);
    }

    void addUser(Consumer<Set<String>> listener) {
        using.add(listener);
    }

    void tell(Set<String> now) {
        serving.forEach(listener -> listener.accept(now));
        using.forEach(listener -> listener.accept(now));
    }
}
