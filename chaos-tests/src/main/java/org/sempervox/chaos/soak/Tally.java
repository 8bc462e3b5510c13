package org.sempervox.chaos.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What became of the calls, counted by many threads. */
final class Tally {
    private static final int MOST_REMARKS = 100;

    final AtomicInteger placed = new AtomicInteger();
    final AtomicInteger inProgress = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger notSetUp = new AtomicInteger();
    final AtomicInteger silent = new AtomicInteger();
    final AtomicInteger putOff = new AtomicInteger();
    final AtomicInteger held = new AtomicInteger();

    private final Map<Ending, Integer> endings = new ConcurrentHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final Consumer<String> say;

    Tally(Consumer<String> say) {
        this.say = say;
    }

    /** Who called and who hung up, as a record names it. */
    record Ending(String caller, String endedBy) {}

    /** The call was ended as its users wanted. */
    void ended(Ending ending) {
        done.incrementAndGet();
        endings.merge(ending, 1, Integer::sum);
    }

    Map<Ending, Integer> endings() {
        return Map.copyOf(endings);
    }

    /** Something that is not right; the first ones are kept for the report. */
    void remark(String text) {
        synchronized (remarks) {
            if (remarks.size() < MOST_REMARKS) {
                remarks.add(text);
            }
        }
        say.accept(text);
    }

    List<String> remarks() {
        synchronized (remarks) {
            return List.copyOf(remarks);
        }
    }
}
