package org.sempervox.cluster.launcher;

/** The cluster could not be started; everything that had been started is stopped again. */
public final class LaunchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    LaunchFailure(String message) {
        super(message);
    }
}
