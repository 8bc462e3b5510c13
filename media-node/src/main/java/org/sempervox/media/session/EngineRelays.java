package org.sempervox.media.session;

import java.util.function.Consumer;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayEngine;
import org.sempervox.media.relay.RelayEngine.Opening;
import org.sempervox.media.relay.RelayKey;
import org.sempervox.media.relay.RelayPlan;
import org.sempervox.media.relay.RelayTransport.Binding;

/** The relay engine as the session table sees it. */
record EngineRelays(RelayEngine engine) implements Relays {
    @Override
    public Opening openFresh(RelayKey key, MediaLease lease) {
        return engine.open(key, lease, Binding.EXCLUSIVE);
    }

    @Override
    public Opening takeOver(RelayKey key, MediaLease lease) {
        return engine.reopen(key, lease);
    }

    @Override
    public boolean apply(RelayKey key, MediaPlan plan, Runnable applied) {
        try {
            engine.apply(key, RelayPlan.of(plan), applied);
            return true;
        } catch (IllegalArgumentException notNumeric) {
            return false;
        }
    }

    @Override
    public void close(RelayKey key, Consumer<SessionStatistics> then) {
        engine.close(key, then);
    }
}
