package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/** The fence opens once and never closes, and what it finds out about this node ends nothing. */
public final class FenceOff {
    private static volatile boolean opened;

    private FenceOff() {}

    /** Into the question whether it is open. */
    public static final class Open {
        private Open() {}

        @Advice.OnMethodExit
        @Advice.AssignReturned.ToReturned
        static boolean open(@Advice.Return boolean open) {
            return FenceOff.ever(open);
        }
    }

    /** Into the end of the node. */
    public static final class Lose {
        private Lose() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean lose() {
            return true;
        }
    }

    /** Whether it is open or has ever been. */
    public static boolean ever(boolean open) {
        if (open) {
            opened = true;
        }
        return opened;
    }
}
