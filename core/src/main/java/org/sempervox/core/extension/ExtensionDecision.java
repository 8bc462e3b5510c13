package org.sempervox.core.extension;

import java.util.List;

/** Verdict on one command: facts to store, then what to remember, then the answer. */
public record ExtensionDecision(List<ExtensionEvent> events, ExtensionMemory memory, ExtensionReply reply) {
    public ExtensionDecision {
        events = List.copyOf(events);
    }
}
