package org.sempervox.cluster.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorSystem;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a stop of the whole cluster no node remembers which calls there were: the store does, and each of them is woken (S29). Waking a
 * call that is awake, or woken by another node too, changes nothing.
 */
final class CallWaker {
    private static final Logger LOG = LoggerFactory.getLogger(CallWaker.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int AT_ONCE = 20;

    private final ActorSystem<?> system;
    private final Store store;
    private final CallDirectory calls;
    private final InstantSource clock;

    CallWaker(ActorSystem<?> system, Store store, CallDirectory calls, InstantSource clock) {
        this.system = system;
        this.store = store;
        this.calls = calls;
        this.clock = clock;
    }

    /** Returns at once; goes on until the store has told and all are woken. */
    void start() {
        store.unfinishedCalls().whenComplete((unfinished, failure) -> {
            if (failure != null) {
                LOG.warn("the calls of before are not known yet: {}", failure.toString());
                later(AGAIN, this::start);
            } else if (!unfinished.isEmpty()) {
                LOG.info("waking {} calls of before", unfinished.size());
                wake(new ArrayDeque<>(unfinished));
            }
        });
    }

    private void wake(Deque<String> left) {
        var now = clock.instant();
        for (int i = 0; i < AT_ONCE && !left.isEmpty(); i++) {
            // Says nothing that the call does not know itself; being awake is enough.
            calls.deliver(left.remove(), new CallCommand.ReportRestart(now, now));
        }
        if (!left.isEmpty()) {
            later(PAUSE, () -> wake(left));
        }
    }

    private void later(Duration delay, Runnable what) {
        system.scheduler().scheduleOnce(delay, what, system.executionContext());
    }
}
