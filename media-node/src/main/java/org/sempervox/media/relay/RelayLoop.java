package org.sempervox.media.relay;

import java.time.Duration;

/** One thread that waits for packets of its sockets. */
public interface RelayLoop {
    /** Runs a task on the loop's thread, soon, as a round of its own. Any thread. */
    void execute(Runnable task);

    /** Runs a task again and again on the loop's thread, each time as a round of its own, until the transport is closed. Any thread. */
    void every(Duration period, Runnable task);

    /** Packets of the socket go to the listener from now on. Only on the loop's thread. */
    void attach(RelaySocket socket, PacketListener listener);

    /**
     * The task runs on the loop's thread for each packet that {@link RelaySocket#send} had taken and that the kernel refused at the end of
     * the round; never on loops whose sends are done at once. Once, before any socket is attached.
     */
    default void onRefusal(Runnable task) {}

    /** The present round; only on the loop's thread. */
    Round round();
}
