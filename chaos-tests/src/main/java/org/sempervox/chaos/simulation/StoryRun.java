package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.sempervox.chaos.simulation.story.Line;
import org.sempervox.chaos.simulation.story.Story;

/** One story from its first line until nothing happens any more. */
final class StoryRun {
    private static final long AFTER_THE_LAST_LINE = 2_000_000;

    /** When people are asked to hang up, after the weather has calmed down: a call may be answered late. */
    private static final long[] GOOD_NIGHT = {8_000_000, 14_000_000, 24_000_000, 45_000_000, 70_000_000};

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Story story;
    private final ClusterWorld world;

    /**
     * What came of it.
     *
     * @param told what happened, line by line; only if it was asked for
     * @param suffered packets' misfortunes; only if they were asked for
     */
    record Outcome(long steps, List<Violation> violations, List<String> told, List<Line.Fate> suffered) {
        boolean violates(String invariant) {
            return violations.stream().anyMatch(one -> one.invariant().equals(invariant));
        }
    }

    private StoryRun(Story story, Broken broken, StepTrace trace, boolean telling) {
        this.story = story;
        this.world = new ClusterWorld(story, broken, trace, telling, telling);
    }

    static Outcome run(Story story, Broken broken, StepTrace trace) {
        return new StoryRun(story, broken, trace, false).run();
    }

    /** Slower, with everything that happened. */
    static Outcome tell(Story story, Broken broken) {
        return new StoryRun(story, broken, new StepTrace(), true).run();
    }

    private Outcome run() {
        people();
        for (Line line : story.lines()) {
            switch (line) {
                case Line.Action action -> at(action.at(), () -> act(action));
                case Line.NodeFault fault -> at(fault.at(), () -> world.membership.strike(fault));
                case Line.StoreFault fault -> at(fault.at(), () -> strikeStore(fault));
                case Line.Phone _, Line.Extension _, Line.Sky _, Line.Fate _ -> {}
            }
        }
        long calm = story.end() * 1000L + AFTER_THE_LAST_LINE;
        world.timeline.at(calm, world.network::calmDown);
        world.timeline.at(calm + GOOD_NIGHT[0] - 100_000, () -> ClusterVerdict.talking(world));
        for (long wait : GOOD_NIGHT) {
            world.timeline.at(calm + wait, () -> {
                world.registrations.values().forEach(PhoneRegistration::end);
                world.phones.values().forEach(SimulatedPhone::goodbye);
            });
        }
        try {
            boolean quiet = world.timeline.quiet(LIMIT);
            new ClusterVerdict(world, story).check(quiet);
        } catch (IllegalStateException e) {
            // A machine that is given what cannot be says so: nothing after it can be judged.
            world.invariants.broken(ClusterInvariants.POSSIBLE, String.valueOf(e.getMessage()));
        }
        return new Outcome(
                world.timeline.steps(),
                List.copyOf(world.invariants.violations()),
                world.told(),
                world.network.suffered());
    }

    private void people() {
        var known = new HashSet<String>();
        for (Line.Extension extension : story.all(Line.Extension.class)) {
            world.extension(extension.number(), extension);
            known.add(extension.number());
        }
        for (Line.Phone phone : story.all(Line.Phone.class)) {
            if (known.add(phone.extension())) {
                world.extension(phone.extension(), null);
            }
            world.phone(phone);
        }
        int when = 0;
        for (PhoneRegistration registration : world.registrations.values()) {
            at(when++, registration::register);
        }
    }

    private void at(int millis, Runnable what) {
        world.timeline.at(millis * 1000L, what);
    }

    private void act(Line.Action action) {
        SimulatedPhone phone = world.phones.get(action.phone());
        PhoneRegistration registration = world.registrations.get(action.phone());
        if (phone == null || registration == null) {
            return;
        }
        world.note(() -> "phone " + action.phone() + " " + action.verb() + " " + action.value());
        switch (action.verb()) {
            case CALLS -> phone.call(action.value());
            case CANCELS -> phone.cancel();
            case HANGS_UP -> phone.goodbye();
            case HOLDS -> phone.offer("sendonly");
            case RESUMES -> phone.offer("sendrecv");
            case ASKS -> phone.offer("");
            case REGISTERS -> registration.register();
            case UNREGISTERS -> registration.unregister();
            case UNPLUGGED -> {
                phone.dead = true;
                world.timeline.after(Duration.ofMillis(action.until() - action.at()), () -> phone.dead = false);
            }
            case BUSY -> {
                int before = phone.refuseWith;
                phone.refuseWith = 486;
                world.timeline.after(Duration.ofMillis(action.until() - action.at()), () -> phone.refuseWith = before);
            }
        }
    }

    private void strikeStore(Line.StoreFault fault) {
        world.note(() -> "FAULT store " + (fault.slower() == 0 ? "fails" : "slow") + " for " + fault.lasts() + " ms");
        if (fault.slower() == 0) {
            world.store.fail(fault.lasts() * 1000L);
        } else {
            world.store.slowDown(fault.lasts() * 1000L, fault.slower() * 1000L);
        }
    }
}
