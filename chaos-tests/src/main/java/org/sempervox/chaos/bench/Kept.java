package org.sempervox.chaos.bench;

import org.sempervox.chaos.usage.Memory;

/** Memory after a collection. */
record Kept(double liveHeapMiB, double rssMiB) {
    static final Kept NONE = new Kept(0, 0);

    static Kept of(Memory memory) {
        return new Kept(memory.liveHeapMiB(), memory.residentMiB());
    }
}
