package org.sempervox.media.relay;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Chooses the transport of a node. */
public final class RelayTransports {
    private static final System.Logger LOG = System.getLogger(RelayTransports.class.getName());

    private RelayTransports() {}

    /**
     * Opens {@code wanted}: {@code epoll}, {@code nio}, {@code auto} for the better of these two that works here, or {@code uring}, which
     * becomes {@code auto} where it is forbidden; others are refused.
     */
    public static RelayTransport open(String wanted, int loops, Supplier<Round> rounds) {
        return switch (wanted) {
            case "auto" -> known(loops, rounds);
            case "uring" -> uring(loops, rounds);
            case "epoll" -> new EpollTransport(loops, rounds);
            case "nio" -> new NioTransport(loops, rounds);
            default ->
                throw new IllegalArgumentException(
                        "sempervox.media.transport = " + wanted + ": expected auto, epoll, nio or uring");
        };
    }

    private static RelayTransport uring(int loops, Supplier<Round> rounds) {
        if (UringTransport.available()) {
            try {
                return new UringTransport(loops, rounds);
            } catch (UncheckedIOException limit) {
                // The probe had room for a ring; what a user may lock in memory is a sum over processes.
                LOG.log(System.Logger.Level.INFO, "io_uring is not used: {0}", limit.getMessage());
            }
        }
        return known(loops, rounds);
    }

    private static RelayTransport known(int loops, Supplier<Round> rounds) {
        return EpollTransport.available() ? new EpollTransport(loops, rounds) : new NioTransport(loops, rounds);
    }
}
