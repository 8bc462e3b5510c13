package org.sempervox.cluster.launcher;

/** A node did not leave or did not come back as it should; the cluster runs on without it. */
public final class RestartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    RestartFailure(String message) {
        super(message);
    }
}
