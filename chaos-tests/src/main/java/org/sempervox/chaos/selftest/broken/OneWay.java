package org.sempervox.chaos.selftest.broken;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.media.relay.RelayKey;

/** Who takes an address over sends nothing to the callers on it. */
public final class OneWay {
    private static final Set<RelayKey> TAKEN = ConcurrentHashMap.newKeySet();

    private OneWay() {}

    /** Into the taking over of a session. */
    public static final class Taken {
        private Taken() {}

        @Advice.OnMethodEnter
        static void takeOver(@Advice.Argument(0) RelayKey key) {
            OneWay.taken(key);
        }
    }

    /** Into the putting into force of a plan. */
    public static final class Applied {
        private Applied() {}

        @Advice.OnMethodEnter
        @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
        static MediaPlan apply(@Advice.Argument(0) RelayKey key, @Advice.Argument(1) MediaPlan plan) {
            return OneWay.halved(key, plan);
        }
    }

    public static void taken(RelayKey key) {
        TAKEN.add(key);
    }

    /** Without the caller, if the session was taken over. */
    public static MediaPlan halved(RelayKey key, MediaPlan plan) {
        return TAKEN.contains(key)
                ? new MediaPlan(
                        plan.session(),
                        plan.epoch(),
                        plan.version(),
                        plan.lease(),
                        null,
                        plan.callee(),
                        plan.silenceLimit())
                : plan;
    }
}
