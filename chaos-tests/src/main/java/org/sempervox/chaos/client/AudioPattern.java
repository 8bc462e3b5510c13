package org.sempervox.chaos.client;

import java.nio.ByteBuffer;

/** The layout of what the phones say: an RTP packet with 20 ms of G.711 that names call, side, number and time. */
final class AudioPattern {
    static final int PACKET_MILLIS = 20;
    static final int SAMPLES = 160;
    static final int HEADER = 12;
    static final int SIZE = HEADER + SAMPLES;
    static final byte CALLER = 1;
    static final byte CALLEE = 2;

    private static final long MAGIC = 0x53454d5045525658L;
    private static final int KEY_AT = 8;
    private static final int SIDE_AT = 16;
    private static final int NUMBER_AT = 17;
    private static final int TIME_AT = 21;
    private static final int LENGTH = 29;

    private AudioPattern() {}

    /** A packet with everything that stays the same. */
    static ByteBuffer template(int ssrc, long key, byte side) {
        ByteBuffer packet = ByteBuffer.allocateDirect(SIZE);
        packet.put(0, (byte) 0x80);
        packet.putInt(8, ssrc);
        packet.putLong(HEADER, MAGIC);
        packet.putLong(HEADER + KEY_AT, key);
        packet.put(HEADER + SIDE_AT, side);
        for (int i = HEADER + LENGTH; i < SIZE; i++) {
            packet.put(i, (byte) 0xd5);
        }
        return packet;
    }

    static void stamp(ByteBuffer packet, int sequence, int timestamp, boolean marker, int number, long now) {
        packet.put(1, (byte) (marker ? 0x80 : 0));
        packet.putShort(2, (short) sequence);
        packet.putInt(4, timestamp);
        packet.putInt(HEADER + NUMBER_AT, number);
        packet.putLong(HEADER + TIME_AT, now);
    }

    /** Where the payload begins, -1 if it is no RTP version 2. */
    static int payloadAt(ByteBuffer packet) {
        int length = packet.limit();
        if (length < HEADER || (packet.get(0) & 0xc0) != 0x80) {
            return -1;
        }
        int at = HEADER + 4 * (packet.get(0) & 0x0f);
        if ((packet.get(0) & 0x10) != 0) {
            if (length < at + 4) {
                return -1;
            }
            at += 4 + 4 * (packet.getShort(at + 2) & 0xffff);
        }
        return at <= length ? at : -1;
    }

    static boolean isAt(ByteBuffer packet, int at) {
        return packet.limit() >= at + LENGTH && packet.getLong(at) == MAGIC;
    }

    static long key(ByteBuffer packet, int at) {
        return packet.getLong(at + KEY_AT);
    }

    static byte side(ByteBuffer packet, int at) {
        return packet.get(at + SIDE_AT);
    }

    static int number(ByteBuffer packet, int at) {
        return packet.getInt(at + NUMBER_AT);
    }

    static long sentAt(ByteBuffer packet, int at) {
        return packet.getLong(at + TIME_AT);
    }
}
