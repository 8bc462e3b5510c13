package org.sempervox.cluster.membership;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.sempervox.cluster.address.LocalAddresses;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.address.AddressPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serving are the members that are up, have the roles {@code sip} and {@code media}, say that they are ready and are not certainly dead. */
public final class ServingAddresses implements AddressOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(ServingAddresses.class);

    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_AGAIN = TimeUnit.MICROSECONDS.toNanos(500);

    private final ActorSystem<?> system;
    private final AddressPlan plan;
    private final String self;
    private final Membership membership;
    private final ActorRefResolver resolver;
    private final LocalAddresses local;
    private final Subscribers subscribers = new Subscribers();
    private final ExecutorService notifier = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("ownership").unstarted(task));
    private volatile Set<String> serving = Set.of();
    private Set<String> told = Set.of();
    private volatile Map<String, String> addresses = Map.of();

    /** {@code local}: gets addresses to this machine before listeners are told that they are this node's. */
    public ServingAddresses(ActorSystem<?> system, AddressPlan plan, String self, LocalAddresses local) {
        this.system = system;
        this.plan = plan;
        this.self = self;
        this.local = local;
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
            listener.accept(told);
            subscribers.add(listener);
        });
    }

    @Override
    public void subscribeUser(Consumer<Set<String>> listener) {
        notifier.execute(() -> {
            listener.accept(told);
            subscribers.addUser(listener);
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
        Set<String> now = serving(
                membership.speaking(), uid -> membership.readiness(uid) == Readiness.READY, membership::certainlyDead);
        if (!now.equals(serving)) {
            LOG.info("serving: {}", now);
            serving = now;
            notifier.execute(this::tell);
        }
    }

    /**
     * An address that another node has not let go yet does not hold the others up for longer than {@link #PATIENCE}: it is bound by a later
     * attempt then.
     */
    private void tell() {
        Set<String> now = serving;
        long end = System.nanoTime() + PATIENCE;
        while (!local.own(plan.ownedBy(self, now)) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_AGAIN);
            now = serving;
        }
        if (!now.equals(told)) {
            told = now;
            subscribers.tell(now);
        }
    }
}
