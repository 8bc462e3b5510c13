package org.sempervox.media.gateway;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;

/** The media gateway of a node: every request is one message to its actor {@code /user/media-gateway}. Any thread, never blocks. */
public final class ClusterMediaGateway implements MediaGateway {
    private final ActorRef<GatewayMessage> actor;

    private ClusterMediaGateway(ActorRef<GatewayMessage> actor) {
        this.actor = actor;
    }

    /** The actor's behaviour; only {@link #of} can talk to it. */
    public static Behavior<?> behavior(AddressOwnership ownership) {
        return GatewayActor.create(ownership);
    }

    /** The gateway before an actor of {@link #behavior}. */
    public static ClusterMediaGateway of(ActorRef<?> actor) {
        return new ClusterMediaGateway(actor.unsafeUpcast());
    }

    @Override
    public void lease(String session, ActorRef<MediaReport> replyTo) {
        actor.tell(new GatewayMessage.Lease(session, replyTo));
    }

    @Override
    public void declare(MediaPlan plan, ActorRef<MediaReport> replyTo) {
        actor.tell(new GatewayMessage.Declare(plan, replyTo));
    }

    @Override
    public void release(String session, int service, ActorRef<MediaReport> replyTo) {
        actor.tell(new GatewayMessage.Release(session, service, replyTo));
    }

    @Override
    public void acknowledge(String session, int service, int number) {
        actor.tell(new GatewayMessage.Acknowledge(session, service, number));
    }
}
