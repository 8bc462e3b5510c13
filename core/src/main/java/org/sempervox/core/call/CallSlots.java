package org.sempervox.core.call;

import java.util.concurrent.CompletionStage;

/** Limit of calls per extension as a set of call ids (S7): both operations are idempotent. Never blocks. */
public interface CallSlots {
    /** True if the call has, or now gets, one of the {@code limit} slots of the extension. */
    CompletionStage<Boolean> reserve(String extension, String call, int limit);

    CompletionStage<Void> release(String extension, String call);
}
