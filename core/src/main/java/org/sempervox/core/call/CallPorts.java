package org.sempervox.core.call;

import java.time.Clock;
import org.sempervox.core.cdr.CallRecords;
import org.sempervox.core.fence.OutputFence;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.routing.Directory;

/** What a call entity reaches the world through; none of it blocks. */
public record CallPorts(
        SignallingGateway signalling,
        MediaGateway media,
        Directory directory,
        CallSlots slots,
        CallRecords records,
        OutputFence fence,
        LiveCalls live,
        Clock clock) {}
