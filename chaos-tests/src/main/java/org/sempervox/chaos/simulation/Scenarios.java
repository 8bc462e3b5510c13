package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.simulation.SimulatedPhone.Moment;
import org.sempervox.core.routing.Destination;

/** Set-up and end of calls; {@link TalkingScenarios} has what happens in between. */
final class Scenarios {
    private static final Duration RING = Duration.ofSeconds(20);
    private static final String TALKED = "100:talked hung-up, 101:talked was-ended | 200 caller 101 answered";
    private static final String CANCELLED = "100:refused 487, 101:missed | 487 caller - unanswered";

    private Scenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        plain(all);
        abandoned(all);
        refused(all);
        forwarded(all);
        forked(all);
        forkedAndOver(all);
        all.addAll(TalkingScenarios.all());
        all.addAll(RestartScenarios.all());
        return List.copyOf(all);
    }

    static Scenario of(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario \"" + name + "\""));
    }

    /** Caller 100 and callee 101; the call starts after 10 ms. */
    static void pair(World world) {
        SimulatedPhone caller = world.phone("100", 0);
        SimulatedPhone callee = world.phone("101", 1);
        world.ring("101", RING, null, null, callee);
        world.timeline.after(Duration.ofMillis(10), () -> caller.call("101"));
    }

    static SimulatedPhone phone(World world, String number) {
        return java.util.Objects.requireNonNull(world.phones.get(number));
    }

    static SimulatedPhone caller(World world) {
        return phone(world, "100");
    }

    static SimulatedPhone callee(World world) {
        return phone(world, "101");
    }

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static void callerEnds(World world, long millis) {
        caller(world).when(Moment.ESTABLISHED, ms(millis), caller(world)::hangUp);
    }

    private static void plain(List<Scenario> all) {
        all.add(Scenario.of(
                        "plain-caller-ends",
                        world -> {
                            pair(world);
                            callerEnds(world, 3000);
                        },
                        TALKED)
                .asPlain());
        all.add(Scenario.of(
                        "plain-callee-ends",
                        world -> {
                            pair(world);
                            callee(world).when(Moment.ESTABLISHED, ms(3000), callee(world)::hangUp);
                        },
                        "100:talked was-ended, 101:talked hung-up | 200 callee 101 answered")
                .asPlain());
        all.add(Scenario.of(
                "records-down",
                world -> {
                    pair(world);
                    callerEnds(world, 3000);
                    world.recordsDownUntil = Timeline.START.plusSeconds(60);
                },
                TALKED));
        all.add(Scenario.of(
                "early-media",
                world -> {
                    pair(world);
                    callee(world).earlyMedia = true;
                    callerEnds(world, 3000);
                },
                TALKED));
        all.add(Scenario.of(
                "ack-of-caller-lost",
                world -> {
                    pair(world);
                    int[] acks = {0};
                    world.network.swallow(packet -> packet instanceof Packet.Asking asking
                            && asking.request().method().equals("ACK")
                            && asking.from().equals(caller(world).address())
                            && ++acks[0] <= 2);
                    callerEnds(world, 6000);
                },
                TALKED));
        all.add(Scenario.of(
                "no-ports",
                world -> {
                    pair(world);
                    world.ports = false;
                },
                "100:refused 503, 101:quiet | 503 system - unanswered"));
    }

    private static void abandoned(List<Scenario> all) {
        all.add(Scenario.of(
                "cancel-ringing",
                world -> {
                    pair(world);
                    callee(world).answerAfter = null;
                    callee(world).when(Moment.RINGING, ms(1000), caller(world)::cancel);
                },
                CANCELLED));
        all.add(Scenario.of(
                "cancel-before-1xx",
                world -> {
                    pair(world);
                    callee(world).answerAfter = null;
                    caller(world).when(Moment.CALLED, ms(1), caller(world)::cancel);
                },
                CANCELLED));
        all.add(Scenario.of(
                "early-bye",
                world -> {
                    pair(world);
                    callee(world).answerAfter = null;
                    callee(world).when(Moment.RINGING, ms(1000), caller(world)::hangUp);
                },
                CANCELLED));
        all.add(Scenario.of(
                "200-crosses-cancel",
                world -> {
                    pair(world);
                    callee(world).answerAfter = ms(1000);
                    callee(world).when(Moment.RINGING, ms(990), caller(world)::cancel);
                },
                CANCELLED,
                "100:refused 487, 101:talked was-ended | 487 caller - unanswered",
                TALKED));
    }

    private static void refused(List<Scenario> all) {
        for (int status : new int[] {486, 603, 480}) {
            all.add(Scenario.of(
                    "callee-refuses-" + status,
                    world -> {
                        pair(world);
                        callee(world).refuseWith = status;
                    },
                    "100:refused " + status + ", 101:refused with " + status + " | " + status
                            + " callee - unanswered"));
        }
        all.add(Scenario.of(
                "unregistered",
                world -> {
                    pair(world);
                    world.directory.put("101", new Destination.Refuse(480, null));
                },
                "100:refused 480, 101:quiet | 480 system - unanswered"));
        all.add(Scenario.of(
                "unknown",
                world -> {
                    pair(world);
                    world.directory.clear();
                },
                "100:refused 404, 101:quiet | 404 system - unanswered"));
        all.add(Scenario.of(
                "no-answer",
                world -> {
                    pair(world);
                    callee(world).answerAfter = null;
                    world.ring("101", ms(5000), null, null, callee(world));
                },
                "100:refused 480, 101:missed | 480 system - unanswered"));
        all.add(Scenario.of(
                "callee-dead",
                world -> {
                    pair(world);
                    callee(world).dead = true;
                },
                "100:refused 480, 101:quiet | 480 system - unanswered"));
        all.add(Scenario.of(
                "callee-dead-timer-b",
                world -> {
                    pair(world);
                    callee(world).dead = true;
                    world.ring("101", ms(60_000), null, null, callee(world));
                },
                "100:refused 480, 101:quiet | 480 callee - unanswered",
                "100:refused 480, 101:quiet | 480 system - unanswered"));
    }

    private static void second(World world) {
        pair(world);
        world.ring("102", RING, null, null, world.phone("102", 1));
        callerEnds(world, 3000);
    }

    private static void forwarded(List<Scenario> all) {
        all.add(Scenario.of(
                "forward-no-answer",
                world -> {
                    second(world);
                    callee(world).answerAfter = null;
                    world.ring("101", ms(5000), "102", null, callee(world));
                },
                "100:talked hung-up, 101:missed, 102:talked was-ended | 200 caller 102 answered"));
        all.add(Scenario.of(
                "forward-busy",
                world -> {
                    second(world);
                    callee(world).refuseWith = 486;
                    world.ring("101", RING, null, "102", callee(world));
                },
                "100:talked hung-up, 101:refused with 486, 102:talked was-ended | 200 caller 102 answered"));
        all.add(Scenario.of(
                "forward-unregistered",
                world -> {
                    second(world);
                    world.directory.put("101", new Destination.Refuse(480, "102"));
                },
                "100:talked hung-up, 101:quiet, 102:talked was-ended | 200 caller 102 answered"));
        all.add(Scenario.of(
                "forward-then-cancel",
                world -> {
                    second(world);
                    callee(world).answerAfter = null;
                    phone(world, "102").answerAfter = null;
                    world.ring("101", ms(5000), "102", null, callee(world));
                    phone(world, "102").when(Moment.RINGING, ms(500), caller(world)::cancel);
                },
                "100:refused 487, 101:missed, 102:missed | 487 caller - unanswered"));
        all.add(Scenario.of(
                "forward-crosses-answer",
                world -> {
                    second(world);
                    callee(world).answerAfter = ms(2000);
                    world.ring("101", ms(2040), "102", null, callee(world));
                },
                "100:talked hung-up, 101:talked was-ended, 102:quiet | 200 caller 101 answered",
                "100:talked hung-up, 101:talked was-ended, 102:talked was-ended | 200 caller 102 answered",
                "100:talked hung-up, 101:missed, 102:talked was-ended | 200 caller 102 answered"));
    }

    private static void forked(List<Scenario> all) {
        all.add(Scenario.of(
                "fork-one-answers",
                world -> fork(world, 1000, 10_000),
                "100:talked hung-up, 101:talked was-ended, 102:missed | 200 caller 101 answered"));
        all.add(Scenario.of(
                "fork-both-answer",
                world -> fork(world, 1000, 1000),
                "100:talked hung-up, 101:talked was-ended, 102:talked was-ended | 200 caller 101 answered",
                "100:talked hung-up, 101:talked was-ended, 102:missed | 200 caller 101 answered",
                "100:talked hung-up, 101:missed, 102:talked was-ended | 200 caller 101 answered"));
        all.add(Scenario.of(
                "fork-one-busy",
                world -> {
                    fork(world, 1000, 2000);
                    callee(world).refuseWith = 486;
                },
                "100:talked hung-up, 101:refused with 486, 102:talked was-ended | 200 caller 101 answered"));
        all.add(Scenario.of(
                "fork-all-busy",
                world -> {
                    fork(world, 1000, 2000);
                    callee(world).refuseWith = 486;
                    phone(world, "102").refuseWith = 480;
                },
                "100:refused 486, 101:refused with 486, 102:refused with 480 | 486 callee - unanswered"));
        all.add(Scenario.of(
                "fork-one-declines",
                world -> {
                    fork(world, 1000, 10_000);
                    callee(world).refuseWith = 603;
                    callee(world).ringAfter = ms(500);
                },
                "100:refused 603, 101:refused with 603, 102:missed | 603 callee - unanswered"));
    }

    private static void forkedAndOver(List<Scenario> all) {
        all.add(Scenario.of(
                "fork-ends-at-once",
                world -> {
                    pair(world);
                    targets(world, 1000, 10_000);
                    callerEnds(world, 0);
                },
                "100:talked hung-up, 101:talked was-ended, 102:missed | 200 caller 101 answered"));
        all.add(Scenario.of(
                "fork-cancelled",
                world -> {
                    pair(world);
                    targets(world, 5000, 5000);
                    callee(world).when(Moment.RINGING, ms(500), caller(world)::cancel);
                },
                "100:refused 487, 101:missed, 102:missed | 487 caller - unanswered"));
        all.add(Scenario.of(
                "fork-one-dead",
                world -> {
                    fork(world, 1000, 1000);
                    phone(world, "102").dead = true;
                },
                "100:talked hung-up, 101:talked was-ended, 102:quiet | 200 caller 101 answered"));
        all.add(Scenario.of(
                "forward-in-a-circle",
                world -> {
                    second(world);
                    callee(world).refuseWith = 486;
                    phone(world, "102").refuseWith = 486;
                    world.ring("101", RING, null, "102", callee(world));
                    world.ring("102", RING, null, "102", phone(world, "102"));
                },
                "100:refused 486, 101:refused with 486, 102:refused with 486 | 486 callee - unanswered"));
    }

    private static void targets(World world, long first, long second) {
        SimulatedPhone other = world.phone("102", 1);
        callee(world).answerAfter = ms(first);
        other.answerAfter = ms(second);
        world.ring("101", RING, null, null, callee(world), other);
    }

    private static void fork(World world, long first, long second) {
        second(world);
        callee(world).answerAfter = ms(first);
        phone(world, "102").answerAfter = ms(second);
        world.ring("101", RING, null, null, callee(world), phone(world, "102"));
    }
}
