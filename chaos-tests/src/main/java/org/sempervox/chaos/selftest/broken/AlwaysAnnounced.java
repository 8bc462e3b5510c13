package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/**
 * Who has an address announces it again at every look at the device, for ever. A node that is cut off and goes on would hear nothing, and
 * so have nothing to say, as soon as the phones have followed the one announcement of its successor.
 */
public final class AlwaysAnnounced {
    private AlwaysAnnounced() {}

    /** Instead of the question whether an announcement is due. */
    public static final class Due {
        private Due() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean due() {
            return true;
        }

        @Advice.OnMethodExit
        @Advice.AssignReturned.ToReturned
        static boolean always() {
            return true;
        }
    }

    /** Instead of the question whether all have been made: what is skipped says no. */
    public static final class Over {
        private Over() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean over() {
            return true;
        }
    }
}
