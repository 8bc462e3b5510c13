package org.sempervox.core.call;

/** The way from a call to the edge that serves a service address, wherever that is now. Never blocks; called from entity threads. */
@FunctionalInterface
public interface SignallingGateway {
    void send(Outbound message);
}
