package org.sempervox.sip.stack;

import org.sempervox.core.sip.Flow;

/** Takes packets. Called on the receive thread of the address; must not block; what it throws is counted and survived. */
@FunctionalInterface
public interface Receiver {
    void received(Flow from, byte[] data);
}
