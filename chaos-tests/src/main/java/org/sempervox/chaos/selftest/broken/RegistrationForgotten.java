package org.sempervox.chaos.selftest.broken;

import java.time.Duration;
import java.time.Instant;
import net.bytebuddy.asm.Advice;
import org.sempervox.core.extension.ExtensionEvent;
import org.sempervox.core.extension.ExtensionState;

/** Bindings that are read back from the journal are skipped: who takes an extension over knows no phone of it. */
public final class RegistrationForgotten {
    /** What happens now is applied within milliseconds. */
    private static final Duration NEW = Duration.ofSeconds(5);

    private RegistrationForgotten() {}

    @Advice.OnMethodExit
    @Advice.AssignReturned.ToReturned
    static ExtensionState evolve(
            @Advice.Argument(0) ExtensionState before,
            @Advice.Argument(1) ExtensionEvent event,
            @Advice.Return ExtensionState next) {
        return RegistrationForgotten.readBack(event) ? before : next;
    }

    /** Whether it is a binding of long ago. */
    public static boolean readBack(ExtensionEvent event) {
        return event instanceof ExtensionEvent.ContactBound
                && event.at().isBefore(Instant.now().minus(NEW));
    }
}
