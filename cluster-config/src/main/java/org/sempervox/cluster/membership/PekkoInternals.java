package org.sempervox.cluster.membership;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityChanged;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import scala.jdk.javaapi.CollectionConverters;

/** What of Pekko is not part of its interface. A test pins them: a new version must be looked at. */
final class PekkoInternals {
    private static final String STATE_INITIALIZED =
            "org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$StateInitialized$";
    private static final Object INITIALIZED = singleton(STATE_INITIALIZED);

    private PekkoInternals() {}

    /** Event of the cluster: somebody's view of whom it reaches has changed. */
    static final Class<ReachabilityChanged> REACHABILITY = ReachabilityChanged.class;

    /** Event of the remoting: another node will never listen to this incarnation again. */
    static final Class<ThisActorSystemQuarantinedEvent> QUARANTINED = ThisActorSystemQuarantinedEvent.class;

    /** Who has no answer from whom by that event, as all members tell it each other. */
    static Set<BrokenLink> broken(ReachabilityChanged event) {
        return CollectionConverters.asJava(event.reachability().records()).stream()
                .filter(seen -> !seen.status().equals(Reachability.Reachable$.MODULE$))
                .map(seen ->
                        new BrokenLink(seen.observer().longUid(), seen.subject().longUid()))
                .collect(Collectors.toSet());
    }

    /** Its incarnation. */
    static long quarantinedBy(ThisActorSystemQuarantinedEvent event) {
        return event.remoteAddress().uid();
    }

    static Object coordinatorInitialized() {
        return INITIALIZED;
    }

    /** By name: the Java compiler cannot name an object inside an object of Scala. */
    private static Object singleton(String name) {
        try {
            return Class.forName(name).getField("MODULE$").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " is not in this version of Pekko", e);
        }
    }
}
