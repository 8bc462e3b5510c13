package org.sempervox.cluster.store;

/** Whether the store answers, as a node last saw it. Thread-safe, never blocks. */
@FunctionalInterface
public interface StoreHealth {
    /** False when nothing could be stored for two seconds (S28). */
    boolean answers();
}
