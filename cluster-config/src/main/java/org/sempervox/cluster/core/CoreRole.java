package org.sempervox.cluster.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.directory.ExtensionWaker;
import org.sempervox.cluster.directory.ReplicatedDirectory;
import org.sempervox.cluster.directory.ShardedCallSlots;
import org.sempervox.cluster.directory.ShardedRegistrar;
import org.sempervox.cluster.node.LocalActors;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeParts;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoreHealth;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.CallPorts;
import org.sempervox.core.call.LiveCalls;
import org.sempervox.core.call.SignallingGateway;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.routing.Directory;
import org.sempervox.core.routing.PbxFile;

/** Hosts calls and extensions; offers {@link CallDirectory}, {@link Directory}, {@link Registrar} and the credentials. */
public final class CoreRole implements NodeRole {
    private static final int WAKE_PER_SECOND = 50;

    @Override
    public String name() {
        return "core";
    }

    @Override
    public int order() {
        return 20;
    }

    /** Without them the others would wait for this node's word although it has nothing to say yet. */
    @Override
    public void beforeJoining(NodeContext context) {
        NodeParts parts = context.parts();
        ShardingReplicator.start(context.system());
        parts.need(LocalActors.class).spawn(LoneReplica.watching(), "lone-replica");
        parts.offer(ReplicatedDirectory.class, ReplicatedDirectory.start(context.system(), NodePbx.of(context)));
    }

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        Store store = context.parts().need(Store.class);
        var watch = new StoreWatch(
                store, context.settings().name(), context.fence(), InstantSource.system(), System::nanoTime);
        var executor = context.system().executionContext();
        var patience = new StorePatience();
        PbxFile pbx = NodePbx.of(context);
        var credentials = new NodeCredentials(context, pbx);
        return patience.ask(credentials::claim)
                .thenCompose(_ -> patience.ask(watch::standstill))
                .thenCompose(aliveAt -> {
                    // Before the loads, which may take longer than the store may be silent: a node must not come into
                    // service refusing calls.
                    beat(context, watch);
                    return patience.ask(credentials::load).thenApply(_ -> new Ground(context, store, watch, aliveAt));
                })
                .thenComposeAsync(
                        ground -> {
                            credentials.serve();
                            return start(ground);
                        },
                        executor::execute);
    }

    /** {@code aliveAt}: when the cluster last ran, if it stood still since. */
    private record Ground(NodeContext context, Store store, StoreWatch watch, Optional<Instant> aliveAt) {}

    private static void beat(NodeContext context, StoreWatch watch) {
        context.system()
                .scheduler()
                .scheduleWithFixedDelay(
                        Duration.ZERO,
                        StoreWatch.INTERVAL,
                        watch::beat,
                        context.system().executionContext());
    }

    private static CompletionStage<Running> start(Ground ground) {
        NodeContext context = ground.context();
        ReplicatedDirectory directory = context.parts().need(ReplicatedDirectory.class);
        boolean first = context.ownership().serving().isEmpty();
        // While nobody serves nobody knows a binding yet, and nodes that start together would wait for each other.
        CompletionStage<Void> loaded = first ? CompletableFuture.completedFuture(null) : directory.load();
        // Shards come to this node as soon as it has regions: a call that is placed on it needs the bindings, or to
        // know whose
        // are still in the store only.
        var patience = new StorePatience();
        return loaded.thenCompose(_ -> patience.ask(() -> ground.store().entities(ExtensionEntity.TYPE.name())))
                .thenApplyAsync(
                        stored -> host(ground, directory, first, stored),
                        ground.context().system().executionContext()::execute);
    }

    private static Running host(Ground ground, ReplicatedDirectory directory, boolean first, List<String> stored) {
        NodeContext context = ground.context();
        Store store = ground.store();
        NodeParts parts = context.parts();
        ExtensionEntity.init(
                context.system(), new ExtensionEntity.Surroundings(directory, context.fence(), InstantSource.system()));
        // Before any call can come here: it has to know who sleeps.
        ExtensionWaker.start(context.system(), stored, directory, WAKE_PER_SECOND);
        var live = new LiveCalls();
        var ports = new CallPorts(
                parts.need(SignallingGateway.class),
                parts.need(MediaGateway.class),
                directory,
                new ShardedCallSlots(context.system()),
                store,
                context.fence(),
                live,
                Clock.systemUTC(),
                ground.aliveAt(),
                ground.watch()::outage);
        var calls = new ShardedCalls(context, ports);
        parts.offer(Directory.class, directory);
        parts.offer(Registrar.class, new ShardedRegistrar(context.system(), directory::settings));
        parts.offer(CallDirectory.class, calls);
        parts.offer(StoreHealth.class, ground.watch());
        parts.need(LocalActors.class)
                .spawn(
                        SharedHealth.telling(
                                context.settings().name(),
                                () -> context.fence().open() && ground.watch().answers()),
                        "store-health");
        pages(context, live, directory);
        var moves = new AddressMoves(context.ownership(), live);
        context.ownership().subscribeUser(moves::changed);
        if (first || ground.aliveAt().filter(CoreRole::recent).isPresent()) {
            new CallWaker(context.system(), store, calls, InstantSource.system()).start();
        }
        return running(live, directory);
    }

    /** A node that joins while another one still wakes calls finishes what that one cannot. */
    private static boolean recent(Instant aliveAt) {
        return aliveAt.isAfter(Instant.now().minus(Duration.ofHours(1)));
    }

    private static void pages(NodeContext context, LiveCalls live, ReplicatedDirectory directory) {
        AdminPages pages = context.parts().need(AdminPages.class);
        new CallPages(context, live).addTo(pages);
        new CallPage(context, live).addTo(pages);
        pages.add("/registrations", () -> Registrations.of(directory, context.ownership()));
    }

    private static Running running(LiveCalls live, ReplicatedDirectory directory) {
        return new Running() {
            @Override
            public CompletionStage<Void> drain() {
                // Entities are handed over by the coordinated shutdown of the shard regions.
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public Map<String, Object> status() {
                int owed = 0;
                int calls = 0;
                for (var call : live.all()) {
                    calls++;
                    owed += call.getValue().owed().size();
                }
                return Map.of("entities", Map.of("call", calls), "owed", owed, "registered", directory.size());
            }
        };
    }
}
