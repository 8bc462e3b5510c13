package org.sempervox.cluster.node;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.core.call.SignallingGateway;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;

/**
 * Starts before all other parts of a node with role {@code console}, stands for its edge and its media, and holds the rest back for as long as
 * the test wants.
 */
public final class HeldRole implements NodeRole {
    private static final Map<String, CompletableFuture<Void>> HELD = new ConcurrentHashMap<>();

    /** The parts of that node start when the answer is completed. */
    static CompletableFuture<Void> hold(String node) {
        var held = new CompletableFuture<Void>();
        HELD.put(node, held);
        return held;
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        context.parts().offer(SignallingGateway.class, _ -> {});
        context.parts().offer(MediaGateway.class, new Silent());
        CompletionStage<Void> held = HELD.remove(context.settings().name());
        return held == null ? CompletableFuture.completedFuture(new Nothing()) : held.thenApply(_ -> new Nothing());
    }

    private record Nothing() implements Running {
        @Override
        public CompletionStage<Void> drain() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, Object> status() {
            return Map.of();
        }
    }

    private record Silent() implements MediaGateway {
        @Override
        public void lease(String session, ActorRef<MediaReport> replyTo) {}

        @Override
        public void declare(MediaPlan plan, ActorRef<MediaReport> replyTo) {}

        @Override
        public void release(String session, int service, ActorRef<MediaReport> replyTo) {}

        @Override
        public void acknowledge(String session, int service, int number) {}
    }
}
