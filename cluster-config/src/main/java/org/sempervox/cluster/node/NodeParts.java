package org.sempervox.cluster.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What parts of one node offer to each other: one object per interface, put once while the node starts. */
public final class NodeParts {
    private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();

    public <T> void offer(Class<T> type, T part) {
        if (parts.putIfAbsent(type, part) != null) {
            throw new IllegalStateException(type.getName() + " is offered twice");
        }
    }

    public <T> T need(Class<T> type) {
        Object part = parts.get(type);
        if (part == null) {
            throw new IllegalStateException(type.getName() + " is offered by no part of this node");
        }
        return type.cast(part);
    }
}
