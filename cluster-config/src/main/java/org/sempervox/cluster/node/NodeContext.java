package org.sempervox.cluster.node;

import org.apache.pekko.actor.typed.ActorSystem;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.fence.OutputFence;

/**
 * What a part of a node may use.
 *
 * @param settings the node's typed configuration
 * @param parts what parts offer to each other within the node, by type
 */
public record NodeContext(
        ActorSystem<?> system,
        NodeSettings settings,
        AddressOwnership ownership,
        OutputFence fence,
        CallKeys keys,
        NodeParts parts) {}
