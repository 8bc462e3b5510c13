package org.sempervox.chaos.selftest.broken;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.asm.Advice;

/** The ports of a call whose address is taken over are bound three seconds later only. */
public final class RelayLate {
    private static final long LATE = TimeUnit.SECONDS.toNanos(3);
    private static final Map<Object, Long> ASKED = new ConcurrentHashMap<>();

    private RelayLate() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean bind(@Advice.Argument(0) Object session) {
        return RelayLate.tooEarly(session);
    }

    /** Whether that session was asked for the first time a short while ago. */
    public static boolean tooEarly(Object session) {
        long now = System.nanoTime();
        Long first = ASKED.putIfAbsent(session, now);
        return first == null || now - first < LATE;
    }
}
