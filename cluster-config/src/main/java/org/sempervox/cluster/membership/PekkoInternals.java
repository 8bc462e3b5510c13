package org.sempervox.cluster.membership;

import org.apache.pekko.cluster.sbr.SplitBrainResolver;

/** The two messages of Pekko that are not part of its interface. A test pins them: a new version must be looked at. */
final class PekkoInternals {
    private static final String STATE_INITIALIZED =
            "org.apache.pekko.cluster.sharding.ShardCoordinator$Internal$StateInitialized$";
    private static final Object INITIALIZED = singleton(STATE_INITIALIZED);

    private PekkoInternals() {}

    static Object resolverTick() {
        return SplitBrainResolver.Tick$.MODULE$;
    }

    static Object coordinatorInitialized() {
        return INITIALIZED;
    }

    /** By name: the Java compiler cannot name an object inside an object of Scala. */
    private static Object singleton(String name) {
        try {
            return Class.forName(name).getField("MODULE$").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " is not in this version of Pekko", e);
        }
    }
}
