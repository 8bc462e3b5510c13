package org.sempervox.chaos.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a SIP URI a phone needs to send somewhere. */
record SipUri(String user, String host, int port, boolean loose) {
    private static final int DEFAULT_PORT = 5060;

    static @Nullable SipUri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !text.substring(0, colon).toLowerCase(Locale.ROOT).startsWith("sip")) {
            return null;
        }
        String rest = text.substring(colon + 1);
        int end = rest.length();
        for (int i = rest.indexOf('@') + 1; i < rest.length(); i++) {
            if (rest.charAt(i) == ';' || rest.charAt(i) == '?') {
                end = i;
                break;
            }
        }
        String parameters = rest.substring(end).toLowerCase(Locale.ROOT) + ";";
        String authority = rest.substring(0, end);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        String hostPort = authority.substring(at + 1);
        int close = hostPort.indexOf(']');
        int portAt = hostPort.indexOf(':', Math.max(0, close));
        String host = portAt < 0 ? hostPort : hostPort.substring(0, portAt);
        try {
            int port = portAt < 0 ? DEFAULT_PORT : Integer.parseInt(hostPort.substring(portAt + 1));
            return new SipUri(user, host, port, parameters.contains(";lr;") || parameters.contains(";lr="));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Null if the host is a name: the phone asks no name server. */
    @Nullable
    InetSocketAddress numeric() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(bare), port);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String literal(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
