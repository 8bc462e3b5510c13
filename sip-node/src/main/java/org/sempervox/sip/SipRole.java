package org.sempervox.sip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.core.RemoteCore;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeMain;
import org.sempervox.cluster.node.NodeRole;

/** Serves this node's service addresses with SIP over UDP. */
public final class SipRole implements NodeRole {
    @Override
    public String name() {
        return "sip";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        CompletionStage<Void> core =
                RemoteCore.needed(context) ? RemoteCore.start(context) : CompletableFuture.completedFuture(null);
        return core.thenApply(_ -> SipNode.start(context, NodeMain::endDeaf));
    }
}
