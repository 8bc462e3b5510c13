package org.sempervox.chaos.client;

/** Something to run later on the signalling thread; touched by that thread only. */
final class Timer implements Comparable<Timer> {
    final long atNanos;
    private final Runnable action;
    private boolean cancelled;

    Timer(long atNanos, Runnable action) {
        this.atNanos = atNanos;
        this.action = action;
    }

    void cancel() {
        cancelled = true;
    }

    void run() {
        if (!cancelled) {
            cancelled = true;
            action.run();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public int compareTo(Timer other) {
        return Long.compare(atNanos - other.atNanos, 0);
    }
}
