package org.sempervox.chaos.selftest.broken;

import com.typesafe.config.ConfigFactory;
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

    /** Into the reading of the settings: a node that finds itself down does not leave. */
    public static final class Down {
        private Down() {}

        @Advice.OnMethodEnter
        static void read() {
            FenceOff.stayWhenDown();
        }
    }

    /** What a system property says comes before the product's own settings. */
    public static void stayWhenDown() {
        System.setProperty("pekko.cluster.run-coordinated-shutdown-when-down", "off");
        ConfigFactory.invalidateCaches();
    }

    /** Whether it is open or has ever been. */
    public static boolean ever(boolean open) {
        if (open) {
            opened = true;
        }
        return opened;
    }
}
