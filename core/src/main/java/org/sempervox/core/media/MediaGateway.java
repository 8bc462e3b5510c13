package org.sempervox.core.media;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * The way from a call to the media nodes. Keeps declaring a plan until it is applied or superseded, to the owner of the address and to
 * every standby, and again whenever the serving nodes change; renews the leases of the calls on this node (S20). Never blocks.
 */
public interface MediaGateway {
    /** Asks the owner of the address chosen for this session; answered once with Leased or LeaseRefused, or not at all. */
    void lease(String session, ActorRef<MediaReport> replyTo);

    void declare(MediaPlan plan, ActorRef<MediaReport> replyTo);

    /** Repeated until {@link MediaReport.Released} has come, at most 30 s. */
    void release(String session, int service, ActorRef<MediaReport> replyTo);

    void acknowledge(String session, int service, int number);
}
