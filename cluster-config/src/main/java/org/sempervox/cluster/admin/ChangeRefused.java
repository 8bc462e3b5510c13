package org.sempervox.cluster.admin;

/** A change that a page does not make; thrown by the page, answered with the status. */
public final class ChangeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ChangeRefused(int status, String why) {
        super(why);
        this.status = status;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return status;
    }
}
