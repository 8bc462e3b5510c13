package org.sempervox.cluster.journal;

import java.util.function.Supplier;
import org.apache.pekko.actor.setup.Setup;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.Store;

/** Tells an actor system its store: an object, because the passwords in it belong into no configuration that is printed. */
public final class StoreSetup extends Setup {
    private final Supplier<Store> opening;

    public StoreSetup(StoreSettings settings) {
        this(() -> NodeStore.open(settings));
    }

    /** Called once, when the store is first needed. */
    public StoreSetup(Supplier<Store> opening) {
        this.opening = opening;
    }

    Store open() {
        return opening.get();
    }
}
