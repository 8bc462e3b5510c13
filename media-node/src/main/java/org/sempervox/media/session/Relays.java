package org.sempervox.media.session;

import java.util.function.Consumer;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayEngine.Opening;
import org.sempervox.media.relay.RelayKey;

/** What the session table asks of the relay. None of it blocks for longer than a few system calls. */
public interface Relays {
    /** Binds fresh ports; fails if any other program has one. */
    Opening openFresh(RelayKey key, MediaLease lease);

    /** Binds ports that the old owner of the address may still have bound; also those of an open session anew. */
    Opening takeOver(RelayKey key, MediaLease lease);

    /**
     * False if the plan cannot be carried out at all (a host that is not numeric). {@code applied} runs once it is in force, on any thread.
     */
    boolean apply(RelayKey key, MediaPlan plan, Runnable applied);

    void close(RelayKey key, Consumer<SessionStatistics> then);
}
