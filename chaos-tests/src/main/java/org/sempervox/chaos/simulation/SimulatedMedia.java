package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.MediaReport.SessionStatistics;

/** Media nodes that never fail: the plan in force of each session, and time-outs where a scenario wants them. */
final class SimulatedMedia {
    private static final Duration DELAY = Duration.ofMillis(3);

    private final Timeline timeline;
    private final BiConsumer<String, MediaReport> reports;
    private final Map<String, Session> sessions = new HashMap<>();

    static final class Session {
        @Nullable
        MediaPlan plan;

        boolean released;
        boolean noticed;
    }

    SimulatedMedia(Timeline timeline, BiConsumer<String, MediaReport> reports) {
        this.timeline = timeline;
        this.reports = reports;
    }

    Map<String, Session> sessions() {
        return sessions;
    }

    MediaLease lease(String session) {
        sessions.computeIfAbsent(session, key -> new Session());
        return new MediaLease(0, "10.0.0.1", 20000, 20002);
    }

    void declare(MediaPlan plan) {
        Session session = sessions.computeIfAbsent(plan.session(), key -> new Session());
        MediaPlan before = session.plan;
        boolean newer = before == null
                || plan.epoch() > before.epoch()
                || plan.epoch() == before.epoch() && plan.version() >= before.version();
        if (newer && !session.released) {
            session.plan = plan;
        }
        report(plan.session(), new MediaReport.PlanApplied(plan.session(), plan.epoch(), plan.version()));
    }

    void release(String id) {
        sessions.computeIfAbsent(id, key -> new Session()).released = true;
        report(id, new MediaReport.Released(id, SessionStatistics.NONE));
    }

    void acknowledge(String id) {
        sessions.computeIfAbsent(id, key -> new Session()).noticed = true;
    }

    /** No packets any more: reported until it is acknowledged (S20). */
    void fallSilent() {
        sessions.forEach(this::complain);
    }

    private void complain(String id, Session session) {
        if (session.noticed || session.released) {
            return;
        }
        reports.accept(id, new MediaReport.TimedOut(id, 1, Duration.ofMinutes(1)));
        timeline.after(Duration.ofSeconds(1), () -> complain(id, session));
    }

    private void report(String id, MediaReport report) {
        timeline.after(DELAY, () -> reports.accept(id, report));
    }
}
