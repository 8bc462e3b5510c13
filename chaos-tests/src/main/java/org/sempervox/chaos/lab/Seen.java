package org.sempervox.chaos.lab;

import java.net.InetSocketAddress;
import java.time.Instant;

/** A packet that a host has sent. */
public sealed interface Seen {
    /** Clock of the machine, microseconds at least. */
    Instant at();

    /** Name of the host. */
    String host();

    /**
     * ARP (RFC 826) for IPv4.
     *
     * @param reply else a request
     * @param sender address that the host says it has; 0.0.0.0 in a probe (RFC 5227)
     * @param target address that it asks for, or tells about
     */
    record Arp(Instant at, String host, boolean reply, String sender, String target) implements Seen {
        /** Tells others where the sender's address is now: unasked for (RFC 5227 §1.1), or as an answer. */
        public boolean announces(String address) {
            return sender.equals(address) && (reply || target.equals(address));
        }
    }

    record Udp(Instant at, String host, InetSocketAddress source, InetSocketAddress destination) implements Seen {}
}
