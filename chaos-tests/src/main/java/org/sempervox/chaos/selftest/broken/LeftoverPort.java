package org.sempervox.chaos.selftest.broken;

import net.bytebuddy.asm.Advice;

/** The sockets of a call stay open after its end. */
public final class LeftoverPort {
    private LeftoverPort() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean close() {
        return true;
    }
}
