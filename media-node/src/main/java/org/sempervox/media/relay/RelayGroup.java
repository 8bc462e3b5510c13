package org.sempervox.media.relay;

import java.util.HashSet;
import java.util.Set;

/** The sessions of one loop. */
final class RelayGroup {
    final RelayLoop loop;
    final RelayCounters counters = new RelayCounters();
    /** Only on the loop's thread. */
    private final Set<RelaySession> sessions = new HashSet<>();
    /** Sessions given to this loop; only on the thread that uses the engine. */
    int assigned;

    RelayGroup(RelayLoop loop) {
        this.loop = loop;
        loop.onRefusal(counters::refused);
    }

    void add(RelaySession session) {
        sessions.add(session);
        session.attach(loop.round().now());
    }

    void remove(RelaySession session) {
        sessions.remove(session);
        session.close();
    }

    void watch(RelayFacts facts) {
        for (RelaySession session : sessions) {
            session.watch(loop.round().now(), facts);
        }
    }
}
