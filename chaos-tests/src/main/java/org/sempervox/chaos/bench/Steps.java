package org.sempervox.chaos.bench;

/** What a bench does at the moment, on stderr: the report has stdout to itself. */
final class Steps {
    private final long start = System.nanoTime();

    void say(String step) {
        System.err.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, step);
    }
}
