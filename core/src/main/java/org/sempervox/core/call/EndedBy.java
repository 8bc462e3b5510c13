package org.sempervox.core.call;

/** Whose act ended the call. */
public enum EndedBy {
    CALLER,
    CALLEE,
    SYSTEM;

    /** As in call records. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
