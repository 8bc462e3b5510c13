package org.sempervox.sip.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the transport did, since the node started. */
public final class Counters {
    final LongAdder received = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder fenced = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder notServed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder survived = new LongAdder();

    /** {@code discarded}: received while the fence was closed; {@code survived}: packets that caused an exception or error. */
    public Map<String, Long> figures() {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("received", received.sum());
        figures.put("sent", sent.sum());
        figures.put("fenced", fenced.sum());
        figures.put("discarded", discarded.sum());
        figures.put("not-served", notServed.sum());
        figures.put("failed", failed.sum());
        figures.put("survived", survived.sum());
        return figures;
    }
}
