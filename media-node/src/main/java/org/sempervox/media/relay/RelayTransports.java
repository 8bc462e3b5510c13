package org.sempervox.media.relay;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Chooses the transport of a node. */
public final class RelayTransports {
    private static final System.Logger LOG = System.getLogger(RelayTransports.class.getName());

    private RelayTransports() {}

    /**
     * Opens {@code wanted}: {@code uring} (or {@code epoll} where it is forbidden), {@code epoll}, {@code nio}, or {@code auto} for the
     * best one that works here; others are refused.
     */
    public static RelayTransport open(String wanted, int loops, Supplier<Round> rounds) {
        return switch (wanted) {
            case "auto", "uring" -> best(loops, rounds);
            case "epoll" -> new EpollTransport(loops, rounds);
            case "nio" -> new NioTransport(loops, rounds);
            default ->
                throw new IllegalArgumentException(
                        "sempervox.media.transport = " + wanted + ": expected auto, epoll, nio or uring");
        };
    }

    private static RelayTransport best(int loops, Supplier<Round> rounds) {
        if (UringTransport.available()) {
            try {
                return new UringTransport(loops, rounds);
            } catch (UncheckedIOException limit) {
                // The probe had room for a ring; what a user may lock in memory is a sum over processes.
                LOG.log(System.Logger.Level.INFO, "io_uring is not used: {0}", limit.getMessage());
            }
        }
        return EpollTransport.available() ? new EpollTransport(loops, rounds) : new NioTransport(loops, rounds);
    }
}
