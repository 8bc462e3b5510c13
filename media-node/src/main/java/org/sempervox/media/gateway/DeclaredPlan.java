package org.sempervox.media.gateway;

import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;

/** A live plan of a call on this node. */
final class DeclaredPlan {
    final MediaPlan plan;
    final ActorRef<MediaReport> replyTo;
    /** Whether the call has been told that the plan is applied. */
    boolean told;

    DeclaredPlan(MediaPlan plan, ActorRef<MediaReport> replyTo) {
        this.plan = plan;
        this.replyTo = replyTo;
    }

    boolean is(long epoch, int version) {
        return plan.epoch() == epoch && plan.version() == version;
    }

    /** Whether this one must not be replaced by the other. */
    boolean isNewerThan(MediaPlan other) {
        return plan.epoch() > other.epoch() || (plan.epoch() == other.epoch() && plan.version() > other.version());
    }
}
