package org.sempervox.cluster.membership;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.address.AddressPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serving are the members that are up, have the roles {@code sip} and {@code media}, say that they are ready and are not certainly dead. */
public final class ServingAddresses implements AddressOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(ServingAddresses.class);

    private final ActorSystem<?> system;
    private final AddressPlan plan;
    private final String self;
    private final Membership membership;
    private final ActorRefResolver resolver;
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService notifier = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("ownership").unstarted(task));
    private volatile Set<String> serving = Set.of();
    private volatile Map<String, String> addresses = Map.of();

    public ServingAddresses(ActorSystem<?> system, AddressPlan plan, String self) {
        this.system = system;
        this.plan = plan;
        this.self = self;
        this.membership = Membership.get(system);
        this.resolver = ActorRefResolver.get(system);
        membership.subscribe(this::recompute);
        recompute();
    }

    @Override
    public AddressPlan plan() {
        return plan;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Set<String> serving() {
        return serving;
    }

    @Override
    public <T> Optional<ActorRef<T>> ownerActor(int service, String name, Class<T> protocol) {
        return owner(service).flatMap(node -> actor(node, name, protocol));
    }

    @Override
    public <T> Optional<ActorRef<T>> actor(String node, String name, Class<T> protocol) {
        return Optional.ofNullable(addresses.get(node))
                .map(address -> resolver.resolveActorRef(address + "/user/" + name));
    }

    @Override
    public void subscribe(Consumer<Set<String>> listener) {
        notifier.execute(() -> {
            listener.accept(serving);
            listeners.add(listener);
        });
    }

    /** The set that a view of the members gives: the same on every node that has the same view. */
    static Set<String> serving(
            Members members, java.util.function.LongPredicate ready, java.util.function.LongPredicate dead) {
        var names = new TreeSet<String>();
        for (Peer peer : members.all()) {
            if (peer.up()
                    && peer.roles().containsAll(Set.of("sip", "media"))
                    && ready.test(peer.uid())
                    && !dead.test(peer.uid())) {
                names.add(peer.name());
            }
        }
        return java.util.Collections.unmodifiableSet(names);
    }

    private synchronized void recompute() {
        Members members = membership.members();
        var byName = new TreeMap<String, String>();
        for (Peer peer : members.all()) {
            if (!membership.certainlyDead(peer.uid()) && peer.counted()) {
                byName.put(peer.name(), "pekko://" + system.name() + "@" + peer.host() + ":" + peer.port());
            }
        }
        addresses = java.util.Collections.unmodifiableMap(byName);
        Set<String> now =
                serving(members, uid -> membership.readiness(uid) == Readiness.READY, membership::certainlyDead);
        if (!now.equals(serving)) {
            LOG.info("serving: {}", now);
            serving = now;
            notifier.execute(() -> listeners.forEach(listener -> listener.accept(now)));
        }
    }
}
