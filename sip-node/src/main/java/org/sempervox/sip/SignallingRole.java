package org.sempervox.sip;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.core.call.SignallingGateway;

/** Offers the way from calls to edges on every node that hosts calls, before the part that hosts them starts. */
public final class SignallingRole implements NodeRole {
    @Override
    public String name() {
        return "core";
    }

    @Override
    public int order() {
        return 15;
    }

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        var gateway = new ClusterSignallingGateway(context.ownership());
        context.parts().offer(SignallingGateway.class, gateway);
        return CompletableFuture.completedFuture(new Running() {
            @Override
            public CompletionStage<Void> drain() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public Map<String, Object> status() {
                return Map.of("unserved", gateway.unserved());
            }
        });
    }
}
