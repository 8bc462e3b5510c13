package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;
import org.sempervox.core.call.CallMemory;

/** A call that was taken over owes its other leg no BYE. */
public final class CallStuck {
    private CallStuck() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean hangUp(@Advice.Argument(2) CallMemory memory) {
        return memory.recovered();
    }
}
