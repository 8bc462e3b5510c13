package org.sempervox.chaos.selftest.broken;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.CallMemory;

/** What was brought about once counts as done, whatever became of it; and what a taken-over call owes counts as done by who died. */
public final class OwedForgotten {
    private static final Set<CallEffect> DONE = ConcurrentHashMap.newKeySet();

    private OwedForgotten() {}

    @Advice.OnMethodExit
    @Advice.AssignReturned.ToReturned
    static List<CallEffect> due(@Advice.Argument(1) CallMemory memory, @Advice.Return List<CallEffect> effects) {
        return OwedForgotten.never(memory, effects);
    }

    /** Those of which this node has not heard before. */
    public static List<CallEffect> never(CallMemory memory, List<CallEffect> effects) {
        boolean inherited = memory.recovered() && memory.since() == null;
        List<CallEffect> fresh = effects.stream().filter(DONE::add).toList();
        return inherited ? List.of() : fresh;
    }
}
