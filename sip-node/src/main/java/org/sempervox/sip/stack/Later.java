package org.sempervox.sip.stack;

import java.time.Duration;

/** Runs something once, later, on the node's timer thread; it must not block. */
@FunctionalInterface
public interface Later {
    void after(Duration delay, Runnable action);
}
