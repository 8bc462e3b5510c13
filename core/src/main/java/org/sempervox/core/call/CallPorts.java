package org.sempervox.core.call;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.sempervox.core.cdr.CallRecords;
import org.sempervox.core.fence.OutputFence;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.routing.Directory;

/**
 * What a call entity reaches the world through; none of it blocks.
 *
 * @param aliveAt until when the cluster had lived before all its nodes were dead at once; empty if that has not been (S29)
 * @param outage the last time that the store did not answer this node, the one that lasts included; empty if it always has
 */
public record CallPorts(
        SignallingGateway signalling,
        MediaGateway media,
        Directory directory,
        CallSlots slots,
        CallRecords records,
        OutputFence fence,
        LiveCalls live,
        Clock clock,
        Optional<Instant> aliveAt,
        Supplier<Optional<Outage>> outage) {}
