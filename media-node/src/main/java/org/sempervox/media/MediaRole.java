package org.sempervox.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeMain;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.media.gateway.ClusterMediaGateway;
import org.sempervox.media.relay.RelayEngine;
import org.sempervox.media.relay.RelayFacts;
import org.sempervox.media.relay.RelayTransports;
import org.sempervox.media.relay.RelayWarmUp;
import org.sempervox.media.relay.Round;
import org.sempervox.media.session.AddressFigures;
import org.sempervox.media.session.MediaActor;
import org.sempervox.media.session.MediaBoard;
import org.sempervox.media.session.MediaFigures;

/** The media part of a node: relay, the actor {@code /user/media}, and the gateway that calls on this node use. */
public final class MediaRole implements NodeRole {
    /** A silence is noticed so much late at most. */
    private static final Duration WATCH = Duration.ofMillis(500);
    /** Longer than the hand-over of an address; then the sockets are given up. */
    private static final long DRAIN_SECONDS = 10;

    @Override
    public String name() {
        return "media";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        String transport = context.settings().whole().getString("sempervox.media.transport");
        Thread.ofPlatform().name("media-warm-up").daemon().start(() -> RelayWarmUp.run(transport));
        var board = new MediaBoard();
        var ownership = context.ownership();
        var media = NamedActors.spawn(
                context.system(),
                MediaActor.create(
                        ownership.plan(),
                        ownership.self(),
                        context.settings().handOver(),
                        engines(context),
                        board,
                        NodeMain::endDeaf),
                "media");
        return media.thenCompose(actor -> {
            ownership.subscribe(nodes -> actor.tell(new MediaActor.Local.Serving(nodes)));
            return NamedActors.spawn(context.system(), ClusterMediaGateway.behavior(ownership), "media-gateway")
                    .thenApply(gateway -> {
                        context.parts().offer(MediaGateway.class, ClusterMediaGateway.of(gateway));
                        return new RunningMedia(actor, board);
                    });
        });
    }

    private static Function<RelayFacts, RelayEngine> engines(NodeContext context) {
        var settings = context.settings().whole().getConfig("sempervox.media");
        String transport = settings.getString("transport");
        int loops = settings.getInt("loops");
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("sempervox.media.loops = " + loops + ": expected 1-64");
        }
        return facts -> new RelayEngine(
                RelayTransports.open(transport, loops, () -> new Round(System::nanoTime, context.fence())),
                facts,
                WATCH);
    }

    private record RunningMedia(ActorRef<Object> actor, MediaBoard board) implements Running {
        @Override
        public CompletionStage<Void> drain() {
            var idle = new CompletableFuture<Done>();
            actor.tell(new MediaActor.Local.WhenIdle(idle));
            return idle.completeOnTimeout(Done.getInstance(), DRAIN_SECONDS, TimeUnit.SECONDS)
                    .thenAccept(done -> {});
        }

        @Override
        public Map<String, Object> status() {
            MediaFigures now = board.figures();
            var drops = new TreeMap<String, Object>();
            now.drops()
                    .forEach((reason, count) ->
                            drops.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
            var addresses = new ArrayList<Map<String, Object>>();
            int sessions = 0;
            int ports = 0;
            for (AddressFigures each : now.addresses()) {
                sessions += each.bound() + each.leaving();
                ports += each.portsInUse();
                addresses.add(ofAddress(each));
            }
            var status = new LinkedHashMap<String, Object>();
            status.put("transport", now.transport());
            status.put("sessions", sessions);
            status.put("ports-in-use", ports);
            status.put("packets-relayed", now.relayed());
            status.put("drops", drops);
            status.put("addresses", addresses);
            return status;
        }

        private static Map<String, Object> ofAddress(AddressFigures each) {
            var address = new LinkedHashMap<String, Object>();
            address.put("service", each.service());
            address.put("host", each.host());
            address.put("owned", each.owned());
            address.put("sessions", each.bound());
            address.put("standby", each.held());
            address.put("leaving", each.leaving());
            address.put("ports-in-use", each.portsInUse());
            return address;
        }
    }
}
