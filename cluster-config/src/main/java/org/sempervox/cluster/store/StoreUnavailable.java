package org.sempervox.cluster.store;

import org.jspecify.annotations.Nullable;

/** The store did not do it in time, or has too much to do; whether something was stored is not known (S28). */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
