package org.sempervox.core.sip;

import java.time.Instant;
import java.util.List;

/** Recent SIP messages of this node, for an operator's look at one call. Thread-safe, bounded, never blocks. */
@FunctionalInterface
public interface SipTrace {
    /** Messages of a call, oldest first; {@code call} is our call id or the Call-ID header of one of its dialogs. */
    List<Entry> of(String call);

    /**
     * One message.
     *
     * @param sent false if received
     * @param text as on the wire, credentials blanked
     */
    record Entry(Instant at, boolean sent, Flow flow, String text) {}
}
