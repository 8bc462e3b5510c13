package org.sempervox.sip.codec;

import java.util.List;

/** Via values as text (RFC 3261 §20.42). */
public final class Vias {
    private Vias() {}

    /**
     * The topmost Via of a received request with the packet's source (RFC 3261 §18.2.1, RFC 3581 §4): received if the source is not the
     * sent-by host or rport was asked for, rport with the port if asked for. What the sender claimed for either is removed.
     */
    public static String withSource(String via, String host, int port) {
        var out = new StringBuilder(via.length() + 40);
        List<String> parts = Tokens.split(via, ';');
        boolean rport = false;
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name =
                    Tokens.lower(equals < 0 ? part : part.substring(0, equals).strip());
            if (name.equals("rport")) {
                rport = true;
            } else if (!name.equals("received")) {
                out.append(out.isEmpty() ? "" : ";").append(part);
            }
        }
        if (rport) {
            out.append(";rport=").append(port);
        }
        if (rport || !host(via).equals(host)) {
            out.append(";received=").append(host);
        }
        return out.toString();
    }

    /** {@code host[:port]} of a Via value, without white space; empty if it has none. */
    public static String sentBy(String via) {
        int semicolon = via.indexOf(';');
        String head = (semicolon < 0 ? via : via.substring(0, semicolon)).strip();
        int space = Math.max(head.indexOf(' '), head.indexOf('\t'));
        if (space < 0) {
            return "";
        }
        int slash = head.lastIndexOf('/');
        int transportEnd = slash + 1;
        while (transportEnd < head.length() && Character.isWhitespace(head.charAt(transportEnd))) {
            transportEnd++;
        }
        while (transportEnd < head.length() && !Character.isWhitespace(head.charAt(transportEnd))) {
            transportEnd++;
        }
        return head.substring(transportEnd).replace(" ", "").replace("\t", "");
    }

    private static String host(String via) {
        String sentBy = sentBy(via);
        if (sentBy.startsWith("[")) {
            int close = sentBy.indexOf(']');
            return close < 0 ? sentBy : sentBy.substring(1, close);
        }
        int colon = sentBy.indexOf(':');
        return colon < 0 ? sentBy : sentBy.substring(0, colon);
    }
}
