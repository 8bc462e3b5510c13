package org.sempervox.sip.stack;

import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.fence.OutputFence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that serves an address but does not hear is worse than a dead one: nobody takes the address over. So each owned address is
 * probed through its own socket, and the node ends itself when probes stay unanswered while it may speak. Probes are counted, not
 * seconds: a process that was frozen has sent none meanwhile. Call {@link #tick} every second from one thread.
 */
public final class Watchdog {
    static final int LIMIT = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final UdpTransport transport;
    private final OutputFence fence;
    private final Runnable halt;

    /** {@code halt} ends the process without delay ({@link Runtime#halt}). */
    public Watchdog(UdpTransport transport, OutputFence fence, Runnable halt) {
        this.transport = transport;
        this.fence = fence;
        this.halt = halt;
    }

    public void tick() {
        for (Listener listener : transport.probed()) {
            if (!fence.open()) {
                listener.forgetProbes();
            } else if (listener.probe() >= LIMIT) {
                ServiceAddress address = listener.address();
                LOG.error("{} did not hear its own {} probes: this node ends itself", address.sentBy(), LIMIT);
                halt.run();
                return;
            }
        }
    }
}
