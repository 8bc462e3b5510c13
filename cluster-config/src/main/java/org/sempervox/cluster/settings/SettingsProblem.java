package org.sempervox.cluster.settings;

/** A value of a configuration file that cannot be used; stops the start with exit code 2. */
public final class SettingsProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /** {@code found}: the value as written, or "nothing". Never pass a secret. */
    public SettingsProblem(String path, String found, String expected) {
        super(path + ": found " + found + ", expected " + expected);
        this.path = path;
    }

    public String path() {
        return path;
    }
}
