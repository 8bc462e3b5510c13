package org.sempervox.core.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/**
 * A message that a call wants sent, for the edge that serves {@code flow.service()}. Sending it twice is a retransmission (S5).
 * {@code epoch} rises with each take-over of the entity; an edge refuses a lower one than it has seen for the call (S21).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@o")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outbound.Request.class, name = "request"),
    @JsonSubTypes.Type(value = Outbound.Response.class, name = "response")
})
public sealed interface Outbound {
    String call();

    long epoch();

    Flow flow();

    /**
     * The edge owns the client transaction's retransmissions (RFC 3261 §17.1: timers A, B for INVITE, E, F else; none for ACK) and
     * reports every response, also repeated ones, as {@link CallCommand.ResponseArrived}, and an end without a final response as
     * {@link CallCommand.TransactionFailed}. The ACK of a non-2xx final is the call's, not the edge's.
     */
    record Request(String call, int leg, long epoch, Flow flow, SipRequest request) implements Outbound {}

    /** Sent once; repeating it (timer G, 2xx until ACK, retransmitted requests) is the call's (S4). */
    record Response(String call, long epoch, Flow flow, SipResponse response) implements Outbound {}
}
