package org.sempervox.chaos.simulation;

import static org.sempervox.chaos.simulation.Scenarios.caller;
import static org.sempervox.chaos.simulation.Scenarios.ms;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.simulation.SimulatedPhone.Moment;

/** Every node dies at once and all are started again, sooner or later than peers give up (S29). */
final class RestartScenarios {
    private static final String TALKED = "100:talked hung-up, 101:talked was-ended | 200 caller 101 answered";

    private RestartScenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        for (int seconds : new int[] {10, 60}) {
            all.add(Scenario.of(
                    "all-nodes-dead-" + seconds + "-s",
                    world -> dying(
                            world,
                            Duration.ofSeconds(seconds),
                            ms(20_000),
                            () -> caller(world).hangUp()),
                    TALKED));
        }
        all.add(Scenario.of(
                        "all-nodes-dead-caller-hangs-up",
                        world -> dying(
                                world,
                                Duration.ofSeconds(60),
                                ms(-59_000),
                                () -> caller(world).hangUp()),
                        "100:talked hung-up, 101:talked was-ended | 408 system 101 answered")
                .excusing("BYE timed out", "481 to INVITE", "481 to BYE", "500 to INVITE"));
        return all;
    }

    /** Five seconds into the call every node dies; the action is taken so long after they are started again, or before if negative. */
    private static void dying(World world, Duration downtime, Duration afterStart, Runnable action) {
        Scenarios.pair(world);
        caller(world).when(Moment.ESTABLISHED, ms(5000), () -> {
            world.calls.killAll(downtime);
            world.timeline.after(downtime.plus(afterStart), action);
        });
    }
}
