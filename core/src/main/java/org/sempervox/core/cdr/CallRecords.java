package org.sempervox.core.cdr;

import java.util.concurrent.CompletionStage;

/** The store of call records. {@link #store} is an upsert by id; it never blocks the calling thread. */
public interface CallRecords {
    CompletionStage<Void> store(CallRecord record);
}
