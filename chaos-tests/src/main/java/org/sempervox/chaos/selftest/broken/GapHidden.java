package org.sempervox.chaos.selftest.broken;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.asm.Advice;

/** For three seconds after a node has taken an address over, every leg on it gets the same packet again and again. */
public final class GapHidden {
    private static final long LONG = TimeUnit.SECONDS.toNanos(3);
    private static final Map<Object, byte[]> SAID = new ConcurrentHashMap<>();
    private static volatile long until = System.nanoTime();

    private GapHidden() {}

    /** Into the taking over of a session. */
    public static final class Begin {
        private Begin() {}

        @Advice.OnMethodEnter
        static void takeOver() {
            GapHidden.begin();
        }
    }

    /** Into the reception of a packet. */
    public static final class Repeat {
        private Repeat() {}

        @Advice.OnMethodEnter
        static void audio(@Advice.This Object leg, @Advice.Argument(0) Object packet) {
            GapHidden.repeat(leg, packet);
        }
    }

    /** The many calls of one address are taken over at the same moment. */
    public static void begin() {
        long now = System.nanoTime();
        if (now - until >= 0) {
            SAID.clear();
            until = now + LONG;
        }
    }

    /** Puts what this leg said first into the packet. */
    public static void repeat(Object leg, Object packet) {
        if (System.nanoTime() - until >= 0) {
            return;
        }
        ByteBuffer data = data(packet);
        byte[] first = SAID.computeIfAbsent(leg, _ -> copy(data));
        data.put(0, first);
    }

    private static byte[] copy(ByteBuffer data) {
        byte[] all = new byte[data.capacity()];
        data.get(0, all);
        return all;
    }

    private static ByteBuffer data(Object packet) {
        try {
            Field field = packet.getClass().getDeclaredField("data");
            field.setAccessible(true);
            return (ByteBuffer) field.get(packet);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a packet has no data any more", e);
        }
    }
}
