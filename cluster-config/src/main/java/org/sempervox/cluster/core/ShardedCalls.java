package org.sempervox.cluster.core;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.sempervox.cluster.node.LocalActors;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallContext;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.CallEntity;
import org.sempervox.core.call.CallPorts;

/** The shards of calls: remembered, never passivated for idleness (S24). */
final class ShardedCalls implements CallDirectory {
    private final ActorRef<ShardingEnvelope<CallEntity.Message>> region;
    private final CallFinder finder;

    ShardedCalls(NodeContext node, CallPorts ports) {
        this(node, entity -> behavior(node, ports, entity), ports.live()::find);
    }

    /** The way to them from a node that hosts none. */
    static ShardedCalls elsewhere(NodeContext node) {
        return new ShardedCalls(
                node,
                entity -> {
                    throw new IllegalStateException("call " + entity.getEntityId() + " on a node without core");
                },
                _ -> Optional.empty());
    }

    private ShardedCalls(
            NodeContext node,
            Function<EntityContext<CallEntity.Message>, Behavior<CallEntity.Message>> entities,
            Function<String, Optional<ActorRef<CallEntity.Message>>> here) {
        var settings = ClusterShardingSettings.create(node.system())
                .withRole("core")
                .withRememberEntities(true)
                .withNoPassivationStrategy();
        this.finder = CallFinder.start(node.system(), node.parts().need(LocalActors.class), here);
        this.region = ClusterSharding.get(node.system())
                .init(Entity.of(CallEntity.TYPE, entities::apply)
                        .withSettings(settings)
                        .withStopMessage(new CallEntity.Stop()));
    }

    private static Behavior<CallEntity.Message> behavior(
            NodeContext node, CallPorts ports, EntityContext<CallEntity.Message> entity) {
        long epoch = ports.clock().millis();
        var context = new CallContext(
                entity.getEntityId(),
                node.keys(),
                node.ownership().plan(),
                node.settings().name(),
                epoch,
                node.settings().realm());
        return CallEntity.create(context, ports, entity.getShard());
    }

    @Override
    public void deliver(String call, CallCommand command) {
        if (CallDirectory.onlyIfLive(command)) {
            finder.find(call, command);
            return;
        }
        region.tell(new ShardingEnvelope<>(call, new CallEntity.Do(command)));
    }
}
