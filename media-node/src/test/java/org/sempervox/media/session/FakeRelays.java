package org.sempervox.media.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport.LegStatistics;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayEngine.Opening;
import org.sempervox.media.relay.RelayKey;

/** A relay without sockets that writes down what was asked of it. */
final class FakeRelays implements Relays {
    static final SessionStatistics SOME =
            new SessionStatistics(new LegStatistics(100, 17200, 1, 2, 3), new LegStatistics(90, 15480, 0, 0, 4));

    final Set<Integer> busy = new HashSet<>();
    final Map<RelayKey, MediaLease> open = new HashMap<>();
    final List<String> log = new ArrayList<>();

    @Override
    public Opening openFresh(RelayKey key, MediaLease lease) {
        return bind("open ", key, lease);
    }

    @Override
    public Opening takeOver(RelayKey key, MediaLease lease) {
        return bind("take over ", key, lease);
    }

    private Opening bind(String what, RelayKey key, MediaLease lease) {
        if (busy.contains(lease.callerPort())) {
            return Opening.CALLER_BUSY;
        }
        if (busy.contains(lease.calleePort())) {
            return Opening.CALLEE_BUSY;
        }
        open.put(key, lease);
        log.add(what + key.session());
        return Opening.OPENED;
    }

    @Override
    public boolean apply(RelayKey key, MediaPlan plan, Runnable applied) {
        log.add("apply " + plan.session() + " " + plan.epoch() + "." + plan.version());
        applied.run();
        return true;
    }

    @Override
    public void close(RelayKey key, Consumer<SessionStatistics> then) {
        if (open.remove(key) == null) {
            then.accept(SessionStatistics.NONE);
            return;
        }
        log.add("close " + key.session());
        then.accept(SOME);
    }
}
