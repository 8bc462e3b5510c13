package org.sempervox.sip.edge;

/** Whether new calls are taken now: not while the node starts, drains or serves nothing. Thread-safe, never blocks. */
@FunctionalInterface
public interface Readiness {
    boolean takesCalls();
}
