package org.sempervox.cluster.node;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A part of a node ({@code sip}, {@code media}, …), found by {@link java.util.ServiceLoader}. Started in the order of {@link #order()} on
 * nodes that have the role.
 */
public interface NodeRole {
    String name();

    /** Lower starts earlier and stops later. media 10, core 20, sip 30. */
    int order();

    /**
     * Starts what other nodes count on as soon as this one is a member, which is long before its parts have started. In the order of
     * {@link #order()}; blocks at most for moments, asks neither the store nor another node.
     */
    default void beforeJoining(NodeContext context) {}

    /** Starts it; the stage completes when it can serve. */
    CompletionStage<Running> start(NodeContext context);

    /** A started part. */
    interface Running {
        /** Gives its service addresses and work away without losing a call; completes when it has none left or it was given up. */
        CompletionStage<Void> drain();

        /** Figures for {@code status} and {@code audit}: name → number, text, list or map. */
        Map<String, Object> status();
    }
}
