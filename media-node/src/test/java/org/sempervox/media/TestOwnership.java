package org.sempervox.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.address.AddressPlan;

/** Ownership as the test says. */
public final class TestOwnership implements AddressOwnership {
    private final AddressPlan plan;
    private final String self;
    private final Map<String, ActorRef<?>> media = new ConcurrentHashMap<>();
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Set<String> serving;

    public TestOwnership(AddressPlan plan, String self, Set<String> serving) {
        this.plan = plan;
        this.self = self;
        this.serving = serving;
    }

    public void media(String node, ActorRef<?> actor) {
        media.put(node, actor);
    }

    public void serve(Set<String> nodes) {
        serving = nodes;
        listeners.forEach(each -> each.accept(nodes));
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
        return Optional.ofNullable(media.get(node)).map(ActorRef::unsafeUpcast);
    }

    @Override
    public void subscribe(Consumer<Set<String>> listener) {
        listeners.add(listener);
        listener.accept(serving);
    }
}
