package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/** The fence opens once and never closes, and nothing that this node finds out about itself ends it. */
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

    /** Instead of the end of the node. */
    public static final class GoingOn {
        private GoingOn() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean end() {
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
