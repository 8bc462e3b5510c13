package org.sempervox.media.relay;

/** Why a packet was not relayed. */
public enum DropReason {
    /** The output fence is closed (S21). */
    FENCED,
    /** Not RTP version 2, too short or too long. */
    NOT_RTP,
    /** Another source than the one that was learned. */
    FOREIGN_SOURCE,
    /** First packet of a source that has not been seen twice in a row. */
    LEARNING,
    /** Where the other side wants its packets is unknown (no answer yet, or held with 0.0.0.0). */
    NO_DESTINATION,
    /** The kernel took nothing. */
    SEND_FAILED
}
