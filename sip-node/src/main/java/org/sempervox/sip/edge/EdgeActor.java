package org.sempervox.sip.edge;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.sempervox.core.call.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /user/edge}: takes what calls of any node want sent from an address that this node serves. Stateless, survives everything. */
public final class EdgeActor {
    public static final String NAME = "edge";
    private static final Logger LOG = LoggerFactory.getLogger(EdgeActor.class);

    private EdgeActor() {}

    public static Behavior<Outbound> behavior(EdgeOutput output) {
        return Behaviors.receiveMessage(message -> {
            try {
                output.send(message);
            } catch (RuntimeException e) {
                LOG.error("a message of call {} could not be sent", message.call(), e);
            }
            return Behaviors.same();
        });
    }
}
