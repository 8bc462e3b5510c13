package org.sempervox.core.address;

/**
 * An address that phones know, not a machine (S15): Via sent-by, Contact, SDP address and the source of every packet of a leg.
 *
 * @param index position in the cluster's configuration, from 0; names the address in events and messages
 * @param host numeric IP address
 * @param sipPort UDP port for SIP, 1–65535
 * @param firstMediaPort first (even) UDP port for RTP, inclusive
 * @param lastMediaPort last UDP port for RTCP, inclusive
 * @param home name of the node that serves it while it is alive
 */
public record ServiceAddress(int index, String host, int sipPort, int firstMediaPort, int lastMediaPort, String home) {
    public ServiceAddress {
        if (sipPort < 1 || sipPort > 65535) {
            throw new IllegalArgumentException(
                    "sip port " + sipPort + " of service address " + index + ": expected 1-65535");
        }
        if (firstMediaPort % 2 != 0 || lastMediaPort < firstMediaPort + 3) {
            throw new IllegalArgumentException("media ports " + firstMediaPort + "-" + lastMediaPort
                    + " of service address " + index + ": expected an even first port and room for two legs");
        }
    }

    /** {@code host:port} as used in Via, Contact and logs. */
    public String sentBy() {
        return host + ":" + sipPort;
    }
}
