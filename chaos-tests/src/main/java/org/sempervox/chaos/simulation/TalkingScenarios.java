package org.sempervox.chaos.simulation;

import static org.sempervox.chaos.simulation.Scenarios.callee;
import static org.sempervox.chaos.simulation.Scenarios.caller;
import static org.sempervox.chaos.simulation.Scenarios.ms;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.simulation.SimulatedPhone.Moment;

/** The established call: re-INVITEs of every kind, both ends at once, silence. */
final class TalkingScenarios {
    private static final String TALKED = "100:talked hung-up, 101:talked was-ended | 200 caller 101 answered";
    private static final String CALLEE_ENDED = "100:talked was-ended, 101:talked hung-up | 200 callee 101 answered";

    private TalkingScenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        holds(all);
        offers(all);
        delayed(all);
        glare(all);
        ends(all);
        overtaken(all);
        return all;
    }

    private static String held(String caller, String callee) {
        return "100:talked hung-up sendrecv>" + caller + ">sendrecv, 101:talked was-ended sendrecv>" + callee
                + ">sendrecv | 200 caller 101 answered";
    }

    private static void holds(List<Scenario> all) {
        all.add(hold("hold-sendonly", "sendonly", held("recvonly", "sendonly")));
        all.add(hold("hold-inactive", "inactive", held("inactive", "inactive")));
        all.add(hold("hold-rfc2543", "0.0.0.0", held("recvonly", "sendonly")));
        all.add(Scenario.of(
                "hold-by-callee",
                world -> {
                    Scenarios.pair(world);
                    SimulatedPhone callee = callee(world);
                    callee.when(Moment.ESTABLISHED, ms(2000), () -> callee.offer("sendonly"));
                    callee.when(Moment.OFFER_DONE, ms(2000), () -> callee.offer("sendrecv"));
                    callee.when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                held("sendonly", "recvonly")));
    }

    private static Scenario hold(String name, String direction, String end) {
        return Scenario.of(
                name,
                world -> {
                    offering(world, direction);
                    caller(world)
                            .when(
                                    Moment.OFFER_DONE,
                                    ms(2000),
                                    () -> caller(world).offer("sendrecv"));
                    caller(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                end);
    }

    /** The caller's re-INVITE two seconds after the answer. */
    private static void offering(World world, String direction) {
        Scenarios.pair(world);
        caller(world).when(Moment.ESTABLISHED, ms(2000), () -> caller(world).offer(direction));
    }

    private static void offers(List<Scenario> all) {
        all.add(Scenario.of(
                "offer-without-sdp",
                world -> {
                    offering(world, "");
                    caller(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "offer-without-sdp-by-callee",
                world -> {
                    Scenarios.pair(world);
                    callee(world)
                            .when(
                                    Moment.ESTABLISHED,
                                    ms(2000),
                                    () -> callee(world).offer(""));
                    callee(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "invite-without-sdp",
                world -> {
                    Scenarios.pair(world);
                    caller(world).delayedOffer = true;
                    caller(world).when(Moment.ESTABLISHED, ms(3000), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "offer-refused-488",
                world -> {
                    offering(world, "sendonly");
                    callee(world).refuseOffersWith = 488;
                    caller(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "offer-at-once-by-callee",
                world -> {
                    Scenarios.pair(world);
                    callee(world)
                            .when(Moment.ESTABLISHED, ms(0), () -> callee(world).offer("sendrecv"));
                    callee(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                TALKED));
    }

    private static void delayed(List<Scenario> all) {
        all.add(Scenario.of(
                        "invite-without-sdp-then-hold",
                        world -> {
                            offering(world, "sendonly");
                            caller(world).delayedOffer = true;
                            caller(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                        },
                        "100:talked hung-up sendrecv>recvonly, 101:talked was-ended sendrecv>sendonly | 200 caller 101"
                                + " answered")
                .inStorms(
                        TALKED,
                        "100:talked hung-up sendrecv>recvonly, 101:talked was-ended | 200 caller 101 answered"));
        all.add(Scenario.of(
                "hold-then-offer-without-sdp",
                world -> {
                    offering(world, "sendonly");
                    callee(world)
                            .when(Moment.OFFERED, ms(2000), () -> callee(world).offer(""));
                    callee(world).when(Moment.OFFER_DONE, ms(2000), caller(world)::hangUp);
                },
                "100:talked hung-up sendrecv>recvonly, 101:talked was-ended sendrecv>sendonly | 200 caller 101"
                        + " answered",
                "100:talked hung-up sendrecv>recvonly>sendrecv, 101:talked was-ended sendrecv>sendonly | 200 caller"
                        + " 101 answered"));
    }

    private static void glare(List<Scenario> all) {
        all.add(Scenario.of(
                "glare",
                world -> {
                    Scenarios.pair(world);
                    callee(world).when(Moment.ESTABLISHED, ms(2000), () -> {
                        caller(world).offer("sendrecv");
                        callee(world).offer("sendrecv");
                    });
                    callee(world).when(Moment.ESTABLISHED, ms(0), () -> {});
                    caller(world).when(Moment.ESTABLISHED, ms(20_000), caller(world)::hangUp);
                },
                TALKED));
    }

    private static void ends(List<Scenario> all) {
        all.add(Scenario.of(
                "both-hang-up",
                world -> {
                    Scenarios.pair(world);
                    callee(world).when(Moment.ESTABLISHED, ms(3000), () -> {
                        caller(world).hangUp();
                        callee(world).hangUp();
                    });
                },
                "100:talked hung-up, 101:talked hung-up | 200 caller 101 answered",
                "100:talked hung-up, 101:talked hung-up | 200 callee 101 answered",
                CALLEE_ENDED));
        all.add(Scenario.of(
                "caller-ends-at-once",
                world -> {
                    Scenarios.pair(world);
                    caller(world).when(Moment.ESTABLISHED, ms(0), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "callee-ends-at-once",
                world -> {
                    Scenarios.pair(world);
                    callee(world).when(Moment.ESTABLISHED, ms(0), callee(world)::hangUp);
                },
                CALLEE_ENDED));
        all.add(Scenario.of(
                "media-time-out",
                world -> {
                    Scenarios.pair(world);
                    caller(world).when(Moment.ESTABLISHED, ms(5000), world.media::fallSilent);
                },
                "100:talked was-ended, 101:talked was-ended | 408 system 101 answered"));
    }

    private static void overtaken(List<Scenario> all) {
        all.add(Scenario.of(
                "caller-ends-own-offer",
                world -> {
                    offering(world, "sendrecv");
                    callee(world).answerOffersAfter = ms(300);
                    caller(world).when(Moment.ESTABLISHED, ms(0), () -> {});
                    callee(world).when(Moment.OFFERED, ms(100), caller(world)::hangUp);
                },
                TALKED));
        all.add(Scenario.of(
                "callee-ends-during-offer",
                world -> {
                    offering(world, "sendrecv");
                    callee(world).answerOffersAfter = ms(300);
                    callee(world).when(Moment.OFFERED, ms(100), callee(world)::hangUp);
                },
                CALLEE_ENDED));
        all.add(Scenario.of(
                "callee-ends-after-answering-offer",
                world -> {
                    offering(world, "sendrecv");
                    callee(world).when(Moment.OFFERED, ms(50), callee(world)::hangUp);
                },
                CALLEE_ENDED));
    }
}
