package org.sempervox.cluster.journal;

import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.cassandra.CassandraLimits;
import org.sempervox.cluster.store.cassandra.CassandraStore;
import org.sempervox.cluster.store.h2.H2Limits;
import org.sempervox.cluster.store.h2.H2Store;

/** The one store of an actor system, named by its {@link StoreSetup}; closed when the system has ended. */
public final class NodeStore implements Extension {
    private static final Id ID = new Id();

    private final Store store;

    private NodeStore(ExtendedActorSystem system) {
        this.store = system.settings()
                .setup()
                .get(StoreSetup.class)
                .orElseThrow(() -> new IllegalStateException("this actor system was given no store"))
                .open();
        system.registerOnTermination(store::close);
    }

    public static Store of(ClassicActorSystemProvider system) {
        return ID.get(system).store;
    }

    /** Does not wait for the store: what is asked before it answers waits as usual. */
    public static Store open(StoreSettings settings) {
        return switch (settings) {
            case StoreSettings.Embedded embedded -> new H2Store(embedded, H2Limits.STANDARD);
            case StoreSettings.Cassandra cassandra -> new CassandraStore(cassandra, CassandraLimits.STANDARD);
        };
    }

    private static final class Id extends AbstractExtensionId<NodeStore> {
        @Override
        public NodeStore createExtension(ExtendedActorSystem system) {
            return new NodeStore(system);
        }
    }
}
