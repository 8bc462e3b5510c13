package org.sempervox.cluster.store;

/** Two kinds of histories, kept in different ways. */
public enum History {
    /** Short, never shortened: gone as a whole some time after the call's end. */
    CALLS,
    /** Long-lived: what a snapshot has made superfluous is deleted. */
    ENTITIES
}
