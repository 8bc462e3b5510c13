package org.sempervox.cluster.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sempervox.cluster.directory.ShardedRegistrar;
import org.sempervox.cluster.node.LocalActors;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.store.StoreHealth;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.routing.PbxFile;

/** For a node that answers phones and hosts no calls: offers what {@link CoreRole} offers to an edge, and asks nodes with that role. */
public final class RemoteCore {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private RemoteCore() {}

    /** Whether the node needs it. */
    public static boolean needed(NodeContext context) {
        return !context.settings().roles().contains("core");
    }

    /** Completes when the credentials are loaded and a node that hosts calls has been heard; fails if none is after two minutes. */
    public static CompletionStage<Void> start(NodeContext context) {
        PbxFile pbx = NodePbx.of(context);
        var credentials = new NodeCredentials(context, pbx);
        var health = new SharedHealth(System::nanoTime);
        var parts = context.parts();
        var _ = parts.need(LocalActors.class).spawn(health.listening(), "store-health");
        ExtensionEntity.init(
                context.system(),
                new ExtensionEntity.Surroundings(
                        (extension, version, bindings) -> CompletableFuture.failedFuture(
                                new IllegalStateException("extension " + extension + " on a node without core")),
                        context.fence(),
                        InstantSource.system()));
        parts.offer(CallDirectory.class, ShardedCalls.elsewhere(context));
        parts.offer(Registrar.class, new ShardedRegistrar(context.system(), pbx::settings));
        parts.offer(StoreHealth.class, health);
        CompletionStage<Void> heard = health.first()
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        failure instanceof TimeoutException
                                ? new IllegalStateException("no node with the role core was heard in " + LIMIT)
                                : failure));
        return heard.thenCompose(_ -> {
                    var patience = new StorePatience();
                    return patience.ask(credentials::claim).thenCompose(_ -> patience.ask(credentials::load));
                })
                .thenRun(credentials::serve);
    }
}
