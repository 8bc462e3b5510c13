package org.sempervox.core.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** What may be asked of, or reported to, one call. Imperative or reporting names; never persisted. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@c")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallCommand.PlaceCall.class, name = "place"),
    @JsonSubTypes.Type(value = CallCommand.ReportPreparation.class, name = "prepared"),
    @JsonSubTypes.Type(value = CallCommand.ReportRequest.class, name = "request"),
    @JsonSubTypes.Type(value = CallCommand.ReportCancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = CallCommand.ReportResponse.class, name = "response"),
    @JsonSubTypes.Type(value = CallCommand.ReportTransactionFailure.class, name = "transaction-failed"),
    @JsonSubTypes.Type(value = CallCommand.ReportMedia.class, name = "media"),
    @JsonSubTypes.Type(value = CallCommand.ReportRecordStored.class, name = "record-stored"),
    @JsonSubTypes.Type(value = CallCommand.ReportSlotReleased.class, name = "slot-released"),
    @JsonSubTypes.Type(value = CallCommand.ReachDeadline.class, name = "deadline"),
    @JsonSubTypes.Type(value = CallCommand.MoveAddress.class, name = "address-moved"),
    @JsonSubTypes.Type(value = CallCommand.ReportRestart.class, name = "restarted"),
    @JsonSubTypes.Type(value = CallCommand.EndCall.class, name = "end")
})
public sealed interface CallCommand {
    /** When it happened, stamped where it happened; the machine never reads a clock. */
    Instant at();

    /**
     * An initial INVITE (no To-tag) whose sender is authenticated; also each of its retransmissions. The entity id is by S10.
     *
     * @param caller the extension that authenticated
     * @param dialled user part of the Request-URI
     */
    record PlaceCall(Instant at, SipRequest invite, Flow flow, String caller, String dialled) implements CallCommand {}

    /** Answer to {@link CallEffect.Prepare}: everything looked up and leased before anything is stored (S2). */
    record ReportPreparation(
            Instant at,
            @Nullable PlaceCall place,
            String dialled,
            Destination destination,
            @Nullable MediaLease lease,
            List<String> slots)
            implements CallCommand {}

    /**
     * A request inside a dialog of ours, matched by its To-tag (S11), the ACK of a 2xx included; or the ACK of a non-2xx to the initial
     * INVITE, matched by S10 (leg 0).
     */
    record ReportRequest(Instant at, int leg, SipRequest request, Flow flow) implements CallCommand {}

    /** CANCEL of the initial INVITE, by S10; answered by the call once its end is stored. */
    record ReportCancel(Instant at, SipRequest request, Flow flow) implements CallCommand {}

    /** A response whose From-tag is ours (S13). */
    record ReportResponse(Instant at, int leg, SipResponse response, Flow flow) implements CallCommand {}

    /** No final response (408) or the packet could not be sent (503). */
    record ReportTransactionFailure(Instant at, int leg, String method, long cseq, int status) implements CallCommand {}

    record ReportMedia(Instant at, MediaReport report) implements CallCommand {}

    record ReportRecordStored(Instant at) implements CallCommand {}

    record ReportSlotReleased(Instant at, String extension) implements CallCommand {}

    /** Some deadline of the state may have been reached; also the retransmission times of responses. */
    record ReachDeadline(Instant at) implements CallCommand {}

    /** Another node serves this address now: whatever is owed there is brought about again (S17). */
    record MoveAddress(Instant at, int service) implements CallCommand {}

    /** The whole cluster was stopped, or dead, after {@code aliveAt} and runs again (S29); told to every incarnation since. */
    record ReportRestart(Instant at, Instant aliveAt) implements CallCommand {}

    /** Ended by an operator or by the system, with the status that a caller who still rings gets. */
    record EndCall(Instant at, int status) implements CallCommand {}
}
