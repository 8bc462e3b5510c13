package org.sempervox.cluster.settings;

import java.net.Inet4Address;

/** Addresses in files are numeric: a name server must not decide where a node listens. */
final class NumericAddress {
    private NumericAddress() {}

    /** Four decimal numbers. */
    static boolean isIpv4(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return false;
        }
        try {
            Inet4Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
