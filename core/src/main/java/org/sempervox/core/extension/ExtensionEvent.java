package org.sempervox.core.extension;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Facts of an extension in the journal. The names below are frozen. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@e")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExtensionEvent.ContactBound.class, name = "extension.bound"),
    @JsonSubTypes.Type(value = ExtensionEvent.ContactUnbound.class, name = "extension.unbound"),
    @JsonSubTypes.Type(value = ExtensionEvent.BindingExpired.class, name = "extension.expired"),
    @JsonSubTypes.Type(value = ExtensionEvent.SlotReserved.class, name = "extension.slot-reserved"),
    @JsonSubTypes.Type(value = ExtensionEvent.SlotReleased.class, name = "extension.slot-released")
})
public sealed interface ExtensionEvent {
    Instant at();

    /** Added or changed; replaces the binding with the same key. */
    record ContactBound(Instant at, Binding binding) implements ExtensionEvent {}

    /** Removed by its phone: the request's Call-ID and CSeq are kept for a while against a late older REGISTER. */
    record ContactUnbound(Instant at, String uri, String instance, int regId, String callId, long cseq)
            implements ExtensionEvent {}

    /** Not refreshed in time. */
    record BindingExpired(Instant at, String uri, String instance, int regId) implements ExtensionEvent {}

    record SlotReserved(Instant at, String call) implements ExtensionEvent {}

    record SlotReleased(Instant at, String call) implements ExtensionEvent {}
}
