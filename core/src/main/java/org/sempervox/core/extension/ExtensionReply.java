package org.sempervox.core.extension;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an extension answers, after the store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@r")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExtensionReply.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = ExtensionReply.Slot.class, name = "slot")
})
public sealed interface ExtensionReply {
    record Registered(RegisterReply reply) implements ExtensionReply {}

    /** True if the call holds a slot now, or has given it back. */
    record Slot(boolean granted) implements ExtensionReply {}
}
