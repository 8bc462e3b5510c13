package org.sempervox.cluster.store;

/** Somebody else has stored an event of that number (S22): the one that is refused has been replaced. */
public final class RefusedAppend extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedAppend(String id, long sequence, String writer) {
        super(id + ": event " + sequence + " exists, stored by " + writer);
    }
}
