package org.sempervox.core.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What is asked of a media node. Every serving node holds every plan; the one that owns the plan's service address carries it out, the
 * others are its warm standby (S19). All are idempotent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@m")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MediaCommand.Lease.class, name = "lease"),
    @JsonSubTypes.Type(value = MediaCommand.Declare.class, name = "declare"),
    @JsonSubTypes.Type(value = MediaCommand.Release.class, name = "release"),
    @JsonSubTypes.Type(value = MediaCommand.Renew.class, name = "renew"),
    @JsonSubTypes.Type(value = MediaCommand.Acknowledge.class, name = "acknowledge")
})
public sealed interface MediaCommand {
    /** Ports for a session on an address of this node; the same session gets the same ports again. An unused lease ends after 60 s. */
    record Lease(String session, int service, ActorRef<MediaReport> replyTo) implements MediaCommand {}

    /** The owner of the address answers {@link MediaReport.PlanApplied}; a standby holds it and answers nothing. */
    record Declare(MediaPlan plan, ActorRef<MediaReport> replyTo) implements MediaCommand {}

    /** Ends a session; unknown sessions are answered with {@link MediaReport.Released} too. */
    record Release(String session, int service, ActorRef<MediaReport> replyTo) implements MediaCommand {}

    /** Sessions that are still wanted; one that nobody renews for 10 minutes ends (S20). */
    record Renew(List<String> sessions) implements MediaCommand {}

    /** A {@link MediaReport.TimedOut} was taken note of. */
    record Acknowledge(String session, int number) implements MediaCommand {}
}
