package org.sempervox.chaos.verdict;

/** What a checker says. A checker that cannot know never passes. */
public enum Judged {
    PASS,
    FAIL,
    /** Something that it needs is missing or was never answered. */
    UNKNOWN,
    /** The run did not look at it: no capture, no such fault. */
    NOT_LOOKED_AT
}
