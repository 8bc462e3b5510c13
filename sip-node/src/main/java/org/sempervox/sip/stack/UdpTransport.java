package org.sempervox.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.fence.OutputFence;
import org.sempervox.core.sip.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP for the service addresses that this node serves (S15, S16, S21). Thread-safe; nothing blocks.
 *
 * <p>Taken addresses are bound at once; one that cannot be bound yet (not on an interface) is tried again every 200 ms. A lost address
 * is received and sent on for a while more, so that what was on its way is answered, then closed.
 */
public final class UdpTransport {
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private final OutputFence fence;
    private final Receiver receiver;
    private final Later later;
    private final Duration handOver;
    private final Counters counters = new Counters();
    private final Map<Integer, Listener> listeners = new ConcurrentHashMap<>();
    private final Map<Integer, ServiceAddress> owned = new HashMap<>();

    /** {@code handOver}: how long a lost address is served on. */
    public UdpTransport(OutputFence fence, Receiver receiver, Later later, Duration handOver) {
        this.fence = fence;
        this.receiver = receiver;
        this.later = later;
        this.handOver = handOver;
    }

    /** These addresses are this node's from now on; the indexes that it lost by that. */
    public synchronized Set<Integer> own(Collection<ServiceAddress> addresses) {
        var wanted = new HashMap<Integer, ServiceAddress>();
        addresses.forEach(address -> wanted.put(address.index(), address));
        var lost = new TreeSet<>(owned.keySet());
        lost.removeAll(wanted.keySet());
        for (int index : lost) {
            owned.remove(index);
            Listener listener = listeners.get(index);
            if (listener != null) {
                LOG.info("giving up {}", listener.address().sentBy());
                if (handOver.isZero()) {
                    closeLost(index, listener);
                } else {
                    later.after(handOver, () -> closeLost(index, listener));
                }
            }
        }
        wanted.forEach((index, address) -> {
            if (owned.putIfAbsent(index, address) == null) {
                bind(address);
            }
        });
        return lost;
    }

    /** The addresses that are bound and owned, by index. */
    public synchronized List<ServiceAddress> serving() {
        var serving = new ArrayList<ServiceAddress>();
        new TreeSet<>(owned.keySet()).forEach(index -> {
            if (listeners.containsKey(index)) {
                serving.add(listeners.get(index).address());
            }
        });
        return serving;
    }

    /** True when no socket is open, lingering ones included. */
    public boolean idle() {
        return listeners.isEmpty();
    }

    /** From the flow's service address to its host and port (numeric; never a look-up). */
    public Sent send(Flow flow, byte[] data) {
        if (!fence.open()) {
            counters.fenced.increment();
            return Sent.FENCED;
        }
        Listener listener = listeners.get(flow.service());
        if (listener == null) {
            counters.notServed.increment();
            return Sent.NOT_SERVED;
        }
        Sent result;
        try {
            result = listener.send(new InetSocketAddress(InetAddress.ofLiteral(flow.host()), flow.port()), data);
        } catch (IllegalArgumentException e) {
            result = Sent.FAILED;
        }
        (result == Sent.SENT ? counters.sent : counters.failed).increment();
        return result;
    }

    public Counters counters() {
        return counters;
    }

    /** Closes every socket at once. */
    public synchronized void close() {
        owned.clear();
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }

    /** Listeners of the owned addresses, for the watchdog. */
    synchronized List<Listener> probed() {
        var probed = new ArrayList<Listener>();
        owned.keySet().forEach(index -> {
            Listener listener = listeners.get(index);
            if (listener != null) {
                probed.add(listener);
            }
        });
        return probed;
    }

    /** A socket that lingers from an earlier ownership is replaced: only the last binder gets packets. */
    private synchronized void bind(ServiceAddress address) {
        if (!address.equals(owned.get(address.index()))) {
            return;
        }
        try {
            Listener listener = Listener.bind(address, fence, receiver, counters);
            Listener before = listeners.put(address.index(), listener);
            if (before != null) {
                before.close();
            }
            LOG.info("serving {}", address.sentBy());
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be bound yet: {}", address.sentBy(), e.getMessage());
            later.after(RETRY, () -> bind(address));
        }
    }

    private synchronized void closeLost(int index, Listener listener) {
        if (listeners.remove(index, listener)) {
            LOG.info("closed {}", listener.address().sentBy());
        }
        listener.close();
    }
}
