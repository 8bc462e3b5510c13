package org.sempervox.media.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaLease;
import org.sempervox.media.relay.RelayKey;

/** One service address: whether it is owned here, and which session has which port. */
final class ServedAddress {
    final ServiceAddress address;
    private final Map<Integer, RelayKey> holders = new HashMap<>();
    private @Nullable PortAllocator ports;

    ServedAddress(ServiceAddress address) {
        this.address = address;
    }

    boolean owned() {
        return ports != null;
    }

    /** Present while the address is owned here. */
    @Nullable
    PortAllocator ports() {
        return ports;
    }

    /** All ports are free but those of the sessions that are known. */
    void own(int start, long now) {
        var fresh = new PortAllocator(address.firstMediaPort(), address.lastMediaPort(), start, now);
        for (int port : holders.keySet()) {
            fresh.claim(port);
        }
        ports = fresh;
    }

    void disown() {
        ports = null;
    }

    /** Whether these ports can be of this address at all. */
    boolean fits(MediaLease lease) {
        return lease.service() == address.index()
                && lease.host().equals(address.host())
                && lease.callerPort() != lease.calleePort()
                && fits(lease.callerPort())
                && fits(lease.calleePort());
    }

    private boolean fits(int port) {
        return port % 2 == 0 && port >= address.firstMediaPort() && port < address.lastMediaPort();
    }

    /** The session that has the port, if it is another one. */
    @Nullable
    RelayKey otherHolder(int port, RelayKey than) {
        RelayKey holder = holders.get(port);
        return than.equals(holder) ? null : holder;
    }

    void hold(RelayKey key, MediaLease lease) {
        hold(key, lease.callerPort());
        hold(key, lease.calleePort());
    }

    private void hold(RelayKey key, int port) {
        holders.put(port, key);
        if (ports != null) {
            ports.claim(port);
        }
    }

    void giveBack(MediaLease lease, long now) {
        giveBack(lease.callerPort(), now);
        giveBack(lease.calleePort(), now);
    }

    private void giveBack(int port, long now) {
        holders.remove(port);
        if (ports != null) {
            ports.release(port, now);
        }
    }
}
