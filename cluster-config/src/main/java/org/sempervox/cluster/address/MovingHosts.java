package org.sempervox.cluster.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;

/**
 * The hosts of a plan, each once, in its order: service addresses with the same host and other ports move together. The same list on every
 * node.
 */
record MovingHosts(List<Inet4Address> hosts) {
    MovingHosts {
        hosts = List.copyOf(hosts);
    }

    /** Throws IllegalArgumentException for a plan that {@code NodeFile} would refuse. */
    static MovingHosts of(AddressPlan plan) {
        var hosts = new ArrayList<Inet4Address>();
        for (ServiceAddress address : plan.addresses()) {
            Inet4Address host = host(address);
            if (!hosts.contains(host)) {
                hosts.add(host);
            }
        }
        if (hosts.size() > Claims.MOST) {
            throw new IllegalArgumentException(hosts.size() + " addresses: at most " + Claims.MOST + " can move");
        }
        return new MovingHosts(hosts);
    }

    /** Bits of these addresses. */
    long bits(Collection<ServiceAddress> addresses) {
        long bits = 0;
        for (ServiceAddress address : addresses) {
            int at = hosts.indexOf(host(address));
            if (at >= 0) {
                bits |= 1L << at;
            }
        }
        return bits;
    }

    List<Inet4Address> of(long bits) {
        var chosen = new ArrayList<Inet4Address>();
        for (int at = 0; at < hosts.size(); at++) {
            if ((bits >>> at & 1) == 1) {
                chosen.add(hosts.get(at));
            }
        }
        return chosen;
    }

    private static Inet4Address host(ServiceAddress address) {
        if (InetAddress.ofLiteral(address.host()) instanceof Inet4Address v4) {
            return v4;
        }
        throw new IllegalArgumentException(address.host() + ": only IPv4 addresses can move");
    }
}
