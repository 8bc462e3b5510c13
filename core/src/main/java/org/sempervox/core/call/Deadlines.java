package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sempervox.core.call.CallState.Ended;
import org.sempervox.core.call.CallState.Idle;
import org.sempervox.core.call.CallState.Setup;
import org.sempervox.core.call.CallState.Talking;

/** Absolute deadlines of a state (S27), each met by a {@link CallCommand.ReachDeadline} at or after it. */
final class Deadlines {
    /** A re-INVITE passed on without any final answer: timer B has long reported, unless its edge died. */
    static final Duration OFFER = Duration.ofSeconds(40);

    private Deadlines() {}

    /** What is still owed at a time. */
    interface Open extends Function<Instant, List<String>> {}

    static List<Instant> of(CallState state, CallMemory memory, Open open) {
        var all = new ArrayList<Instant>();
        switch (state) {
            case Idle _ -> {}
            case Setup setup -> {
                if (setup.ring() != null && setup.forward() == null) {
                    all.add(setup.ring().until());
                }
            }
            case Talking talking -> {
                if (silent(talking, memory)) {
                    all.add(talking.answeredAt().plus(CallState.LINGER));
                }
                if (talking.exchange() instanceof Exchange.Offered offered) {
                    all.add(offered.at().plus(OFFER));
                }
                if (talking.exchange() instanceof Exchange.Probing probing) {
                    all.add(probing.at().plus(OFFER));
                }
                if (talking.legs().values().stream().anyMatch(leg -> leg.stage() == Leg.Stage.CANCELLING)) {
                    all.add(talking.answeredAt().plus(CallState.LINGER));
                }
            }
            case Ended ended -> {
                Instant lingered = lingered(ended);
                if (ended.legs().values().stream().anyMatch(leg -> leg.stage() == Leg.Stage.CANCELLING)) {
                    all.add(lingered);
                } else if (ended.recorded()) {
                    all.add(open.apply(lingered).isEmpty() ? lingered : patient(ended));
                }
                // Without a record there is nothing to wait for but its next attempt, which is owed.
            }
        }
        return all;
    }

    /** Nobody repeats anything any more. */
    static Instant lingered(Ended ended) {
        return ended.endedAt().plus(CallState.LINGER);
    }

    /** The call is given up even if something but the record is still owed. */
    static Instant patient(Ended ended) {
        return lingered(ended).plus(CallState.LINGER.multipliedBy(2));
    }

    /** The caller has never acknowledged; whether it had when another incarnation answered is not known and not asked. */
    static boolean silent(Talking talking, CallMemory memory) {
        return !memory.inherited(talking.answeredAt())
                && !talking.callerSpoke()
                && !memory.proved().contains("answer");
    }

    /** The caller's ACK is still to come: after a take-over too, as the 2xx went out again. */
    static boolean unacknowledged(Talking talking, CallMemory memory, Instant now) {
        return !memory.proved().contains("answer")
                && !talking.callerSpoke()
                && !memory.longSettled(talking.answeredAt())
                && now.isBefore(talking.answeredAt().plus(CallState.LINGER));
    }
}
