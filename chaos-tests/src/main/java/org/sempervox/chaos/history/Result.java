package org.sempervox.chaos.history;

/** What is known of an operation. A deadline that passed is {@link #UNKNOWN}: it may have happened all the same. */
public enum Result {
    OK,
    FAILED,
    UNKNOWN
}
