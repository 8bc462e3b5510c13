package org.sempervox.core.call;

import org.jspecify.annotations.Nullable;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.media.MediaPlan;

/** What the outside world must do, as data. Idempotent: an effect may run again after a take-over. */
public sealed interface CallEffect {
    /** Look up the destination, reserve slots, lease ports; answered by {@link CallCommand.ReportPreparation}. */
    record Prepare(CallCommand.@Nullable PlaceCall place, String dialled, boolean leasePorts) implements CallEffect {}

    record Send(Outbound message) implements CallEffect {}

    record DeclareMedia(MediaPlan plan) implements CallEffect {}

    record ReleaseMedia(String session, int service) implements CallEffect {}

    record AcknowledgeMedia(String session, int service, int number) implements CallEffect {}

    record StoreRecord(CallRecord record) implements CallEffect {}

    record ReleaseSlot(String extension) implements CallEffect {}

    /** Nothing is owed any more: the entity ends and is forgotten. */
    record Finish() implements CallEffect {}
}
