package org.sempervox.media.gateway;

import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;

/** What the gateway's actor understands; within one node, never serialized. */
sealed interface GatewayMessage {
    record Lease(String session, ActorRef<MediaReport> replyTo) implements GatewayMessage {}

    record Declare(MediaPlan plan, ActorRef<MediaReport> replyTo) implements GatewayMessage {}

    record Release(String session, int service, ActorRef<MediaReport> replyTo) implements GatewayMessage {}

    record Acknowledge(String session, int service, int number) implements GatewayMessage {}

    record Reported(MediaReport report) implements GatewayMessage {}

    record Serving(Set<String> nodes) implements GatewayMessage {}

    enum Timer implements GatewayMessage {
        REPEAT,
        RENEW
    }
}
