package org.sempervox.core.sip;

/**
 * Where packets of a phone come from and go to (S18; RFC 3581 for UDP): the observed source, never what the phone claims.
 *
 * @param service index of the {@link org.sempervox.core.address.ServiceAddress} the packets arrived at and answers leave from
 * @param transport {@code udp}
 * @param host numeric IP address of the phone (or its NAT)
 */
public record Flow(int service, String transport, String host, int port) {
    public static Flow udp(int service, String host, int port) {
        return new Flow(service, "udp", host, port);
    }

    /**
     * Where a phone that registered over this flow is called: at the port of its Contact if that names the very host the packets came
     * from, for then no NAT is in between (RFC 3261 §10.2.1); else where they came from.
     */
    public Flow toward(String contact) {
        return SipUri.host(contact).equals(host) ? new Flow(service, transport, host, SipUri.port(contact)) : this;
    }
}
