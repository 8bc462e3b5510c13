package org.sempervox.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.address.AddressDevice;
import org.sempervox.cluster.address.LocalAddresses;
import org.sempervox.cluster.address.Unusable;
import org.sempervox.cluster.admin.AdminPages;
import org.sempervox.cluster.admin.AdminServer;
import org.sempervox.cluster.credentials.KeyFile;
import org.sempervox.cluster.journal.NodeStore;
import org.sempervox.cluster.journal.StoreSetup;
import org.sempervox.cluster.membership.Membership;
import org.sempervox.cluster.membership.Readiness;
import org.sempervox.cluster.membership.ServingAddresses;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.cluster.store.JournalPurge;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.call.CallKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: actor system, membership, its parts in order, its admin pages. */
public final class Node {
    /** How a node finds the others. */
    public enum Join {
        /** The seeds as written; the first of them may form a new cluster. */
        SEEDS,
        /** Forms a new cluster at once: only for whoever knows that none exists. */
        FORM,
        /** Only the other seeds, for as long as it takes: for a node that comes back and must never form an island. */
        OTHERS
    }

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String SYSTEM = "sempervox";
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PURGE_EVERY = Duration.ofSeconds(30);

    private final NodeFile file;
    private final org.apache.pekko.actor.ActorSystem classic;
    private final ActorSystem<Void> system;
    private final Membership membership;
    private final LocalAddresses local;
    private final NodeContext context;
    private final AdminServer admin;
    private final @Nullable Store store;
    private final List<NodeRole> roles;
    private final Map<String, NodeRole.Running> running = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
    private final NodeStatus status;

    private Node(NodeFile file, Setup... setups) throws IOException {
        this.file = file;
        NodeSettings settings = file.node();
        var keys = new CallKeys(Secrets.readKey(file.member().keyFile()));
        ActorSystemSetup setup = ActorSystemSetup.create(setups)
                .withSetup(BootstrapSetup.create(settings.whole()))
                .withSetup(new StoreSetup(file.store()));
        this.classic = org.apache.pekko.actor.ActorSystem.create(SYSTEM, setup);
        this.system = Adapter.toTyped(classic);
        this.membership = Membership.get(classic);
        this.local = localAddresses(settings, membership);
        var ownership = new ServingAddresses(system, settings.addresses(), settings.name(), local);
        var parts = new NodeParts();
        this.context = new NodeContext(system, settings, ownership, membership.fence(), keys, parts);
        this.admin = new AdminServer(file.member().adminHost(), file.member().adminPort());
        this.status = new NodeStatus(file, context, membership, running);
        this.roles = roles(settings);
        parts.offer(AdminPages.class, admin);
        parts.offer(LocalActors.class, new Spawning(classic));
        this.store = settings.roles().contains("witness") ? null : NodeStore.of(classic);
        admin.add("/status", status::json);
        Store own = store;
        if (own != null) {
            parts.offer(Store.class, own);
            parts.offer(KeyFile.class, KeyFile.read(file.member().credentialsKeyFile()));
            admin.addQuery("/cdr", query -> cdr(own, query));
            admin.add("/journal", () -> journal(own));
        }
    }

    /** Only a node that can own addresses takes hold of its device. */
    private static LocalAddresses localAddresses(NodeSettings settings, Membership membership) {
        Optional<String> device = settings.device();
        if (device.isEmpty() || !settings.roles().containsAll(Set.of("sip", "media"))) {
            return LocalAddresses.GIVEN;
        }
        try {
            return AddressDevice.open(device.get(), settings.addresses(), membership.fence(), membership.claims());
        } catch (Unusable e) {
            String node = settings.whole().hasPath("sempervox.nodes") ? "nodes." + settings.name() : "node";
            throw new SettingsProblem("sempervox." + node + ".device", e.found(), e.expected());
        }
    }

    /** Starts it, joins, starts its parts and announces it; returns when it can serve. */
    public static Node start(NodeFile file, Join join, Setup... setups)
            throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(file.member().workFolder());
        var node = new Node(file, setups);
        node.writeFiles();
        node.roles.forEach(role -> role.beforeJoining(node.context));
        node.join(join);
        node.startParts();
        node.keepStoreSmall();
        return node;
    }

    public NodeContext context() {
        return context;
    }

    public Membership membership() {
        return membership;
    }

    /** Completes when the actor system has ended, for whatever reason. */
    public CompletableFuture<Void> ended() {
        return system.getWhenTerminated().thenAccept(_ -> {}).toCompletableFuture();
    }

    /** As if the process had been killed; for tests of several nodes in one process. */
    void abort() {
        membership.abort();
        classic.terminate();
    }

    /** Runs that on SIGTERM and SIGINT, before the transports to the other nodes close. */
    void onTermination(Runnable hook) {
        CoordinatedShutdown.get(classic).addJvmShutdownHook(hook);
    }

    /** Gives everything away without losing a call, leaves the cluster and ends. Blocks; bounded. */
    public void drain() {
        LOG.info("draining");
        status.state("draining");
        membership.announce(Readiness.DRAINING);
        for (var part : started().reversed()) {
            await(part.getKey() + " drains", part.getValue().drain().toCompletableFuture(), DRAIN_LIMIT);
        }
        local.close();
        membership.retire();
        await(
                "leaving the cluster",
                CoordinatedShutdown.get(classic)
                        .runAll(CoordinatedShutdown.clusterLeavingReason())
                        .toCompletableFuture(),
                LEAVE_LIMIT);
        admin.close();
        removeFiles();
        LOG.info("left");
    }

    /** A copy: the admin pages read while parts start. */
    private List<Map.Entry<String, NodeRole.Running>> started() {
        synchronized (running) {
            return List.copyOf(running.entrySet());
        }
    }

    private void join(Join join) throws InterruptedException, ExecutionException {
        Cluster cluster = Cluster.get(classic);
        var up = new CompletableFuture<Boolean>();
        cluster.registerOnMemberUp(() -> up.complete(true));
        Address self = cluster.selfAddress();
        var seeds = new ArrayList<Address>();
        for (String seed : file.member().seeds()) {
            seeds.add(AddressFromURIString.parse("pekko://" + SYSTEM + "@" + seed));
        }
        status.state("joining");
        switch (join) {
            case SEEDS -> cluster.joinSeedNodes(seeds);
            case FORM -> cluster.join(self);
            case OTHERS -> {
                seeds.remove(self);
                cluster.joinSeedNodes(seeds);
            }
        }
        CompletableFuture.anyOf(up, ended()).get();
        if (!up.isDone()) {
            throw new ExecutionException(new IllegalStateException("the node ended before it was a member"));
        }
    }

    private static List<NodeRole> roles(NodeSettings settings) {
        List<NodeRole> roles = ServiceLoader.load(NodeRole.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(role -> settings.roles().contains(role.name()))
                .sorted(Comparator.comparingInt(NodeRole::order))
                .toList();
        for (String role : settings.roles()) {
            if (!role.equals("witness")
                    && roles.stream().noneMatch(part -> part.name().equals(role))) {
                LOG.warn("no part of this program has the role {}", role);
            }
        }
        return roles;
    }

    private void startParts() throws InterruptedException, ExecutionException {
        status.state("starting");
        for (NodeRole role : roles) {
            running.put(role.name(), role.start(context).toCompletableFuture().get());
            LOG.info("{} started", role.name());
        }
        membership.announce(Readiness.READY);
        status.state("up");
    }

    /** One of the serving nodes does it: the first by name. */
    private void keepStoreSmall() {
        Store own = store;
        if (own == null) {
            return;
        }
        var executor = classic.dispatcher();
        var purge = new JournalPurge(
                own,
                retention(),
                () -> context.fence().open()
                        && context.ownership().serving().stream()
                                .findFirst()
                                .filter(file.node().name()::equals)
                                .isPresent(),
                (pause, step) -> classic.scheduler().scheduleOnce(pause, step, executor));
        classic.scheduler().scheduleWithFixedDelay(PURGE_EVERY, PURGE_EVERY, purge, executor);
    }

    private Duration retention() {
        return file.node().whole().getDuration("sempervox.call.journal-retention");
    }

    /** Ended calls with events, where the store can count them. */
    private JsonNode journal(Store store) {
        ObjectNode page = RecordJson.MAPPER.createObjectNode();
        page.put("retentionSeconds", retention().toSeconds());
        answer(store.endedCalls()).ifPresent(ended -> {
            page.put("endedCalls", ended.count());
            page.put(
                    "oldestEndedSeconds",
                    ended.oldestEnd()
                            .map(end -> Duration.between(end, Instant.now()).toSeconds())
                            .orElse(0L));
        });
        return page;
    }

    private static JsonNode cdr(Store store, Map<String, String> query) {
        try {
            String since = query.get("since");
            Instant from =
                    since == null ? Instant.EPOCH : OffsetDateTime.parse(since).toInstant();
            ArrayNode array = RecordJson.MAPPER.createArrayNode();
            array.addAll(answer(store.since(from)));
            return array;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("since: expected an ISO-8601 time with a zone", e);
        }
    }

    /** For pages, whose threads may block. */
    private static <T> T answer(CompletionStage<T> question) {
        try {
            return question.toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the store does not answer", e);
        }
    }

    private static void await(String what, CompletableFuture<?> done, Duration limit) {
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{}: {}", what, e.toString());
        }
    }

    private void writeFiles() throws IOException {
        Secrets.write(own(".pid"), Long.toString(ProcessHandle.current().pid()) + "\n");
        Secrets.write(own(".admin"), admin.url() + "\n");
    }

    private void removeFiles() {
        try {
            Files.deleteIfExists(own(".pid"));
            Files.deleteIfExists(own(".admin"));
        } catch (IOException e) {
            LOG.warn("work folder: {}", e.toString());
        }
    }

    private Path own(String suffix) {
        return file.member().workFolder().resolve(file.node().name() + suffix);
    }

    private record Spawning(org.apache.pekko.actor.ActorSystem classic) implements LocalActors {
        @Override
        public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
            return Adapter.spawn(classic, behavior, name);
        }
    }
}
