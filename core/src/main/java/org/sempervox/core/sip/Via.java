package org.sempervox.core.sip;

import java.util.Locale;

/** Text form of a Via value (RFC 3261 §20.42). */
public final class Via {
    private Via() {}

    /** {@code SIP/2.0/UDP host:port;rport;branch=…} of a request of ours. */
    public static String udp(String sentBy, String branch) {
        return "SIP/2.0/UDP " + sentBy + ";rport;branch=" + branch;
    }

    public static String branch(String via) {
        return param(via, "branch");
    }

    /** Value of a parameter; empty if absent or without value. */
    public static String param(String via, String name) {
        String[] parts = via.split(";");
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim();
            int equals = part.indexOf('=');
            if (equals > 0
                    && part.substring(0, equals).trim().toLowerCase(Locale.ROOT).equals(name)) {
                return part.substring(equals + 1).trim();
            }
        }
        return "";
    }
}
