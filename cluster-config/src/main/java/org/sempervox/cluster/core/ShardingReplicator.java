package org.sempervox.cluster.core;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * The copy of the sharding's distributed data on this node. Every other node with role {@code core} waits for its word, for 5 s a placement,
 * as soon as this one is a member: so it must be there before. Sharding starts it with the first entity type of the role and offers no other
 * way, and the types of calls and extensions must not be started before the node can serve: hence one without entities.
 */
final class ShardingReplicator {
    static final String ROLE = "core";

    /** Sharding names it after the role. */
    static final String PATH = "/system/sharding/" + ROLE + "Replicator";

    private static final EntityTypeKey<Void> NO_ENTITIES = EntityTypeKey.create(Void.class, "NoEntities");

    private ShardingReplicator() {}

    /** Returns when it is there. */
    static void start(ActorSystem<?> system) {
        ClusterSharding.get(system)
                .init(Entity.of(NO_ENTITIES, _ -> Behaviors.<Void>stopped())
                        .withSettings(ClusterShardingSettings.create(system)
                                .withRole(ROLE)
                                .withRememberEntities(false)));
    }
}
