package org.sempervox.cluster.launcher;

/** Told what the launcher does, step by step. */
@FunctionalInterface
public interface Progress {
    void step(String text);
}
