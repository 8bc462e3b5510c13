package org.sempervox.cluster.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.ddata.ReplicatorSettings;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.sempervox.core.extension.BindingPublisher;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.routing.Directory;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.Routing;

/**
 * Settings from this node's PBX file, bindings copied from node to node (S25). A writer tells every node that it can reach and waits
 * until they route by it; the replicated buckets bring it to nodes that were away or come later. Nothing of it is kept on disk: the
 * truth is in the extensions' journal.
 */
public final class ReplicatedDirectory implements Directory, BindingPublisher {
    /** A node that died a moment ago delays a changed registration by no more than this: less than T1, so nothing is repeated. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    /** Bytes; a message between nodes takes 256 KiB, a bucket at 100,000 registered extensions about 60. */
    private static final int BUCKET_WARNING = 200 * 1024;

    /** Waking reads one extension's events; a caller repeats what took longer. */
    private static final Duration WAKING = Duration.ofSeconds(2);

    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration LOAD_BUCKET = Duration.ofSeconds(2);
    /** Buckets read at a time: all at once would time out all at once. */
    private static final int LANES = 8;

    private static final CompletableFuture<Void> NOTHING_READ = CompletableFuture.completedFuture(null);
    private static final CompletionStage<Void> KNOWN = CompletableFuture.completedStage(null);

    private final ActorSystem<?> system;
    private final PbxFile pbx;
    private final ActorRef<Replicator.Command> replicator;
    private final LocalBindings local = new LocalBindings();
    private volatile Set<ActorRef<DirectoryMessage.Learn>> peers = Set.of();
    private volatile Consumer<String> wake = _ -> {};

    private ReplicatedDirectory(ActorSystem<?> system, PbxFile pbx, ActorRef<Replicator.Command> replicator) {
        this.system = system;
        this.pbx = pbx;
        this.replicator = replicator;
    }

    /** Starts it, once per actor system and on every node that routes. */
    public static ReplicatedDirectory start(ActorSystem<?> system, PbxFile pbx) {
        var replicator =
                system.systemActorOf(Replicator.behavior(settings(system)), "directoryReplicator", Props.empty());
        var directory = new ReplicatedDirectory(system, pbx, replicator);
        system.systemActorOf(
                DirectoryActor.create(directory.local, replicator, found -> directory.peers = found),
                "directory",
                Props.empty());
        return directory;
    }

    /**
     * A replicator of its own: the default one's pace is for rarer changes, and sharding must not wait behind us. Without its role a
     * question to all would wait for witnesses, which have no directory.
     */
    private static ReplicatorSettings settings(ActorSystem<?> system) {
        return org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorSettings.create(system)
                .withGossipInterval(scala.concurrent.duration.Duration.create(1, TimeUnit.SECONDS))
                .withNotifySubscribersInterval(scala.concurrent.duration.Duration.create(200, TimeUnit.MILLISECONDS))
                .withLogDataSizeExceeding(BUCKET_WARNING)
                .withRole("core")
                .withDurableKeys(Set.of());
    }

    @Override
    public Optional<ExtensionSettings> settings(String extension) {
        return pbx.settings(extension);
    }

    /** What the store has bindings of, and how an extension is woken so that it publishes them. */
    void stored(Collection<String> extensions, Consumer<String> wakeOne) {
        wake = wakeOne;
        local.stored(extensions);
    }

    /** An extension that this node could route to and that has told nobody its bindings since the cluster started. */
    boolean asleep(String extension) {
        return local.asleep(extension) && pbx.settings(extension).isPresent();
    }

    @Override
    public CompletionStage<Void> known(String dialled) {
        if (!asleep(dialled)) {
            return KNOWN;
        }
        CompletableFuture<Void> awake = local.awake(dialled);
        wake.accept(dialled);
        return awake.copy().orTimeout(WAKING.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Destination route(String dialled, Instant now) {
        return Routing.route(pbx::settings, local::of, dialled, now);
    }

    /** True if some node has published the extension's bindings, be they none. */
    public boolean knows(String extension) {
        return local.knows(extension);
    }

    /** All extensions that this node knows bindings of. */
    public void forEach(java.util.function.BiConsumer<String, List<PublishedBinding>> each) {
        local.forEach(each);
    }

    /** How many extensions this node knows bindings of. */
    public int size() {
        return local.size();
    }

    /** How many other nodes' directories this one tells its news to. */
    public int reachable() {
        return peers.size();
    }

    /** As if all others could not be reached just now. */
    void forgetPeers() {
        peers = Set.of();
    }

    @Override
    public CompletionStage<Void> publish(String extension, long version, List<PublishedBinding> bindings) {
        var entry = DirectoryEntry.of(version, bindings);
        local.learn(extension, entry);
        replicator.tell(new Replicator.Update<>(
                BucketKey.of(extension),
                DirectoryBucket.EMPTY,
                Replicator.writeLocal(),
                system.ignoreRef(),
                bucket -> bucket.with(extension, entry)));
        var all = new ArrayList<CompletableFuture<?>>();
        for (var peer : peers) {
            all.add(AskPattern.<DirectoryMessage.Learn, DirectoryMessage.Learned>ask(
                            peer,
                            replyTo -> new DirectoryMessage.Learn(extension, entry, replyTo),
                            PATIENCE,
                            system.scheduler())
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Reads what the other nodes know; a node that has just joined serves calls after it. Never fails; completes after 12 s at most,
     * with whatever could be read; the rest comes by itself.
     */
    public CompletionStage<Void> load() {
        long start = System.nanoTime();
        var lanes = new ArrayList<CompletableFuture<Void>>();
        for (int lane = 0; lane < LANES; lane++) {
            CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
            for (int i = lane; i < BucketKey.COUNT; i += LANES) {
                var key = new BucketKey(i);
                reading = reading.thenCompose(
                        done -> System.nanoTime() - start < LOAD.toNanos() ? load(key) : NOTHING_READ);
            }
            lanes.add(reading);
        }
        return CompletableFuture.allOf(lanes.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> load(BucketKey key) {
        return AskPattern.<Replicator.Command, Replicator.GetResponse<DirectoryBucket>>ask(
                        replicator,
                        replyTo -> new Replicator.Get<>(key, new Replicator.ReadAll(LOAD_BUCKET), replyTo),
                        LOAD_BUCKET.plusSeconds(1),
                        system.scheduler())
                .handle((response, failure) -> {
                    if (response instanceof Replicator.GetSuccess<DirectoryBucket> success) {
                        success.get(key).entries().forEach(local::learn);
                    }
                    return (Void) null;
                })
                .toCompletableFuture();
    }
}
