package org.sempervox.media.relay;

import java.util.function.Supplier;

/** Chooses the transport of a node. */
public final class RelayTransports {
    private RelayTransports() {}

    /** Opens {@code wanted}: {@code epoll}, {@code nio}, or {@code auto} for the best one that works here; others are refused */
    public static RelayTransport open(String wanted, int loops, Supplier<Round> rounds) {
        return switch (wanted) {
            case "auto" ->
                EpollTransport.available() ? new EpollTransport(loops, rounds) : new NioTransport(loops, rounds);
            case "epoll" -> new EpollTransport(loops, rounds);
            case "nio" -> new NioTransport(loops, rounds);
            default ->
                throw new IllegalArgumentException(
                        "sempervox.media.transport = " + wanted + ": expected auto, epoll or nio");
        };
    }
}
