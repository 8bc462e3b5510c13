package org.sempervox.chaos.history;

/** One of the two people in a call. */
public enum Side {
    CALLER,
    CALLEE;

    public Side other() {
        return this == CALLER ? CALLEE : CALLER;
    }
}
