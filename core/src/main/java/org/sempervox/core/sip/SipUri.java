package org.sempervox.core.sip;

/** The few things that call control asks of a SIP URI (RFC 3261 §19.1) in its text form. */
public final class SipUri {
    private SipUri() {}

    /** User part without password and without escapes; empty if there is none. */
    public static String user(String uri) {
        int colon = uri.indexOf(':');
        int at = uri.indexOf('@');
        if (colon < 0 || at < colon) {
            return "";
        }
        String user = uri.substring(colon + 1, at);
        int end = user.indexOf(':');
        int param = user.indexOf(';');
        if (param >= 0 && (end < 0 || param < end)) {
            end = param;
        }
        return end < 0 ? user : user.substring(0, end);
    }

    /** Host part as written, without brackets; empty if there is none. */
    public static String host(String uri) {
        String hostPort = hostPort(uri);
        if (hostPort.startsWith("[")) {
            return hostPort.substring(1, Math.max(1, hostPort.indexOf(']')));
        }
        int colon = hostPort.indexOf(':');
        return colon < 0 ? hostPort : hostPort.substring(0, colon);
    }

    /** Port; 5060 if there is none or no valid one. */
    public static int port(String uri) {
        String hostPort = hostPort(uri);
        int colon = hostPort.indexOf(':', hostPort.indexOf(']') + 1);
        String digits = colon < 0 ? "" : hostPort.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        return port > 0 && port <= 65_535 ? port : 5060;
    }

    private static String hostPort(String uri) {
        int at = uri.indexOf('@');
        int start = (at < 0 ? uri.indexOf(':') : at) + 1;
        int end = start;
        while (end < uri.length() && ";?>".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return uri.substring(start, end);
    }

    public static String of(String user, String hostPort) {
        return user.isEmpty() ? "sip:" + hostPort : "sip:" + user + "@" + hostPort;
    }
}
