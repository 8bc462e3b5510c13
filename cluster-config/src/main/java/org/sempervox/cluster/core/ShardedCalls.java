package org.sempervox.cluster.core;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
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
        var settings = ClusterShardingSettings.create(node.system())
                .withRole("core")
                .withRememberEntities(true)
                .withNoPassivationStrategy();
        this.finder = CallFinder.start(node.system(), node.parts().need(LocalActors.class), ports.live()::find);
        String name = node.settings().name();
        String realm = node.settings().realm();
        this.region = ClusterSharding.get(node.system())
                .init(Entity.of(CallEntity.TYPE, entity -> {
                            long epoch = ports.clock().millis();
                            var context = new CallContext(
                                    entity.getEntityId(),
                                    node.keys(),
                                    node.ownership().plan(),
                                    name,
                                    epoch,
                                    realm);
                            return CallEntity.create(context, ports, entity.getShard());
                        })
                        .withSettings(settings)
                        .withStopMessage(new CallEntity.Stop()));
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
