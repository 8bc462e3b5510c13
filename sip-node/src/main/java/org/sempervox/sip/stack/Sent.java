package org.sempervox.sip.stack;

/** What became of a packet to send. */
public enum Sent {
    /** Given to the kernel, or dropped by a full socket buffer, which a retransmission covers just the same. */
    SENT,
    /** The output fence is closed (S21): nothing may be said. */
    FENCED,
    /** This node does not serve the address now. */
    NOT_SERVED,
    /** The kernel refused: no route, bad address. */
    FAILED
}
