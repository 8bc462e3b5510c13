package org.sempervox.cluster.core;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.directory.ExtensionWaker;
import org.sempervox.cluster.directory.ReplicatedDirectory;
import org.sempervox.cluster.directory.ShardedCallSlots;
import org.sempervox.cluster.directory.ShardedRegistrar;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeParts;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.CallPorts;
import org.sempervox.core.call.CallSlots;
import org.sempervox.core.call.LiveCalls;
import org.sempervox.core.call.SignallingGateway;
import org.sempervox.core.cdr.CallRecords;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.routing.Directory;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.PbxReading;

/** Hosts calls and extensions; offers {@link CallDirectory}, {@link Directory}, {@link Credentials} and {@link Registrar}. */
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

    @Override
    public CompletionStage<Running> start(NodeContext context) {
        PbxFile pbx = pbx(context);
        NodeParts parts = context.parts();
        ReplicatedDirectory directory = ReplicatedDirectory.start(context.system(), pbx);
        ExtensionEntity.init(
                context.system(), new ExtensionEntity.Surroundings(directory, context.fence(), InstantSource.system()));
        CallSlots slots = new ShardedCallSlots(context.system());
        var live = new LiveCalls();
        var ports = new CallPorts(
                parts.need(SignallingGateway.class),
                parts.need(MediaGateway.class),
                directory,
                slots,
                parts.need(CallRecords.class),
                context.fence(),
                live,
                Clock.systemUTC());
        var calls = new ShardedCalls(context, ports);
        parts.offer(Directory.class, directory);
        parts.offer(Credentials.class, pbx);
        parts.offer(Registrar.class, new ShardedRegistrar(context.system(), directory));
        parts.offer(CallDirectory.class, calls);
        AdminPages pages = parts.need(AdminPages.class);
        new CallPages(context, live).addTo(pages);
        new CallPage(context, live).addTo(pages);
        pages.add("/registrations", () -> Registrations.of(directory, context.ownership()));
        var moves = new AddressMoves(context.ownership(), live);
        context.ownership().subscribe(moves::changed);
        // While nobody serves nobody knows a binding yet, and nodes that start together would wait for each other.
        CompletionStage<Void> loaded =
                context.ownership().serving().isEmpty() ? CompletableFuture.completedFuture(null) : directory.load();
        return loaded.thenApply(_ -> {
            ExtensionWaker.start(
                    context.system(),
                    () -> parts.need(Store.class).entities(ExtensionEntity.TYPE.name()),
                    directory,
                    WAKE_PER_SECOND);
            return running(live, directory);
        });
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

    private static PbxFile pbx(NodeContext context) {
        return switch (PbxFile.read(context.settings().pbx())) {
            case PbxReading.Accepted accepted -> accepted.file();
            case PbxReading.Refused refused -> throw new IllegalStateException("PBX file: " + refused.faults());
        };
    }
}
