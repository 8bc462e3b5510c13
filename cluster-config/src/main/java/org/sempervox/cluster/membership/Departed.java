package org.sempervox.cluster.membership;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * The incarnations of nodes that have been removed from the cluster: they never come back, a node that does is a new one. Apart from
 * {@link Membership}, which needs the cluster, and so the remoting, whose serializer asks here. Thread-safe.
 */
final class Departed implements Extension {
    private static final Id ID = new Id();

    /** What an old connection still holds is hours old at most; nobody starts a node that often meanwhile. */
    private static final int MOST = 1_000;

    private final Set<Long> uids =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<Long, Boolean>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    private static final class Id extends AbstractExtensionId<Departed> {
        @Override
        public Departed createExtension(ExtendedActorSystem system) {
            return new Departed();
        }
    }

    private Departed() {}

    /** That of an actor system. */
    static Departed get(ActorSystem system) {
        return ID.get(system);
    }

    void add(long uid) {
        uids.add(uid);
    }

    boolean contains(long uid) {
        return uids.contains(uid);
    }
}
