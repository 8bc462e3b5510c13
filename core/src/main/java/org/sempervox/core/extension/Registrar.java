package org.sempervox.core.extension;

import java.util.concurrent.CompletionStage;

/** Registers contacts of an address of record (RFC 3261 §10.3), after authentication. Never blocks. */
@FunctionalInterface
public interface Registrar {
    /**
     * Completes once the change is stored and most nodes know it. A failed stage (time-out, store down) means that the outcome is not
     * known: answer 503, the phone's retransmission is safe.
     */
    CompletionStage<RegisterReply> register(RegisterRequest request);
}
