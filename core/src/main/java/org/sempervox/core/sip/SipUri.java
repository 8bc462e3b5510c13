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

    public static String of(String user, String hostPort) {
        return user.isEmpty() ? "sip:" + hostPort : "sip:" + user + "@" + hostPort;
    }
}
