package org.sempervox.chaos.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.HistoryFile;

/** Writes down when processes of nodes end and start, as the operating system sees it. */
final class ProcessWatch implements AutoCloseable {
    private static final long EVERY_MS = 100;

    private final Ground ground;
    private final HistoryFile history;
    private final Map<String, Long> known = new HashMap<>();
    private final Thread thread;

    ProcessWatch(Ground ground, HistoryFile history) {
        this.ground = ground;
        this.history = history;
        thread = Thread.ofVirtual().name("process watch").start(this::watch);
    }

    private void watch() {
        try {
            known.putAll(ground.processes());
            while (true) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
                compare(ground.processes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            history.add(new Entry.Note(history.now(), "processes are not watched any more: " + e));
        }
    }

    private void compare(Map<String, Long> now) {
        for (var before : Map.copyOf(known).entrySet()) {
            if (!before.getValue().equals(now.get(before.getKey()))) {
                known.remove(before.getKey());
                history.add(new Entry.NodeProcess(history.now(), before.getKey(), before.getValue(), "ended"));
            }
        }
        now.forEach((node, pid) -> {
            if (known.putIfAbsent(node, pid) == null) {
                history.add(new Entry.NodeProcess(history.now(), node, pid, "started"));
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
