package org.sempervox.chaos.selftest.broken;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import org.sempervox.core.media.MediaLease;

/** Who takes an address over binds for each call the port of the caller of the call before it. */
public final class AudioSwapped {
    private static final Map<Integer, MediaLease> BEFORE = new ConcurrentHashMap<>();

    private AudioSwapped() {}

    @Advice.OnMethodEnter
    @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
    static MediaLease takeOver(@Advice.Argument(1) MediaLease lease) {
        return AudioSwapped.crossed(lease);
    }

    /** The first one of an address stays as it is. */
    public static MediaLease crossed(MediaLease lease) {
        MediaLease before = BEFORE.put(lease.service(), lease);
        return before == null
                ? lease
                : new MediaLease(lease.service(), lease.host(), before.callerPort(), lease.calleePort());
    }
}
