package org.sempervox.chaos.failover;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sempervox.chaos.client.CallPair.Step;

/** A state that a call can be in when the fault comes. Stateless: what belongs to one call is in its {@link Scene}. */
interface Row {
    /** As the failover matrix numbers it. */
    String id();

    String title();

    /** Brings the call into the state, so that only {@link #act} is left to do; the steps that were tried. */
    CompletableFuture<List<Step>> prepare(Scene scene);

    /** When {@link #act} is due, in milliseconds after the fault; negative is before it. */
    default long actAt(Scene scene) {
        return 0;
    }

    /** What the phones do around the fault; must not block. */
    default void act(Scene scene) {}

    /** Ends the call as users would; the steps that were tried. All must have been done for the call not to be lost. */
    CompletableFuture<List<Step>> finish(Scene scene);
}
