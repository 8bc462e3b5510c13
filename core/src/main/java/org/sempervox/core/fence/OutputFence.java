package org.sempervox.core.fence;

/**
 * Whether this node may still speak (S21). Every output (SIP send, RTP round, journal write, effect after a store) asks first and
 * drops what it wanted to send when closed. Reading it is one volatile load and a clock read: safe on the RTP path.
 */
@FunctionalInterface
public interface OutputFence {
    /** False once a majority has not confirmed this node for longer than its lease: drop, never queue. */
    boolean open();
}
