package org.sempervox.cluster.address;

/** A network device that cannot carry service addresses. */
public final class Unusable extends Exception {
    static final String RIGHTS =
            "the rights CAP_NET_ADMIN and CAP_NET_RAW (root has them) for the node and what it starts";

    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    Unusable(String device, String found, String expected) {
        super(device + ": " + found);
        this.found = device + " (" + found + ")";
        this.expected = expected;
    }

    Unusable(String device, String found, String expected, Throwable cause) {
        this(device, found, expected);
        initCause(cause);
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
