package org.sempervox.cluster.directory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apache.pekko.actor.typed.ActorRef;

/** What the directories of two nodes say to each other. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@m")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DirectoryMessage.Learn.class, name = "learn"),
    @JsonSubTypes.Type(value = DirectoryMessage.Learned.class, name = "learned")
})
sealed interface DirectoryMessage {
    record Learn(String extension, DirectoryEntry entry, ActorRef<Learned> replyTo) implements DirectoryMessage {}

    /** The sender's node routes by it now. */
    record Learned() implements DirectoryMessage {}
}
