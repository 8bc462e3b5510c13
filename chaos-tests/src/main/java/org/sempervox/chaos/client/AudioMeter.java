package org.sempervox.chaos.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what arrives; one thread feeds it, others ask. Allocates nothing per packet, a little for each silence. */
final class AudioMeter {
    private static final long PACKET_NANOS = AudioPattern.PACKET_MILLIS * 1_000_000L;
    private static final long ENDLESS_NANOS = 500_000_000L;
    private static final long SILENCE_NANOS = 60_000_000L;
    private static final int MOST_SILENCES = 1000;
    private final long ownKey;
    private final byte ownSide;
    private long expected;

    private boolean anySeen;
    private int ssrc;
    private int sequence;
    private boolean patternSeen;
    private int number;

    private long lastHeard;
    private long lastAny;
    private long longest;
    private long longestAny;
    private long heard;
    private long jumps;
    private long rtpJumps;
    private long ssrcChanges;
    private long foreign;
    private long echoes;
    private long wrongDirection;
    private long other;
    private long worstDelay;
    private final List<Silence> silences = new ArrayList<>();

    private final LongAdder repeats;

    /** {@code repeats}: counts what is heard again or in the wrong order. */
    AudioMeter(long ownKey, byte ownSide, long now, LongAdder repeats) {
        this.repeats = repeats;
        this.ownKey = ownKey;
        this.ownSide = ownSide;
        mark(now);
    }

    /** Another sender counts from the beginning. */
    synchronized void expect(long key) {
        if (key != expected) {
            patternSeen = false;
        }
        expected = key;
    }

    /** Begins a new window: silence counts from here. */
    synchronized void mark(long now) {
        lastHeard = now;
        lastAny = now;
        longest = 0;
        longestAny = 0;
        heard = 0;
        jumps = 0;
        rtpJumps = 0;
        ssrcChanges = 0;
        foreign = 0;
        echoes = 0;
        wrongDirection = 0;
        other = 0;
        worstDelay = 0;
        silences.clear();
    }

    /** True if this was a packet of the expected sender. */
    synchronized boolean packet(ByteBuffer packet, long now) {
        int at = AudioPattern.payloadAt(packet);
        if (at < 0) {
            other++;
            return false;
        }
        header(packet, now);
        if (!AudioPattern.isAt(packet, at)) {
            other++;
            return false;
        }
        long key = AudioPattern.key(packet, at);
        if (key == ownKey) {
            echoes++;
            return false;
        }
        if (expected == 0) {
            expected = key;
        }
        if (key != expected) {
            foreign++;
            return false;
        }
        if (AudioPattern.side(packet, at) == ownSide) {
            wrongDirection++;
            return false;
        }
        int next = AudioPattern.number(packet, at);
        boolean again = patternSeen && next <= number;
        if (patternSeen && next != number + 1) {
            jumps++;
        }
        if (again) {
            // Old audio said again is no sign of life of who talks: it would hide a silence.
            repeats.increment();
            return false;
        }
        patternSeen = true;
        number = next;
        heard++;
        if (now - lastHeard - PACKET_NANOS > SILENCE_NANOS && silences.size() < MOST_SILENCES) {
            silences.add(new Silence(lastHeard, gapMs(now - lastHeard), false));
        }
        longest = Math.max(longest, now - lastHeard);
        lastHeard = now;
        worstDelay = Math.max(worstDelay, now - AudioPattern.sentAt(packet, at));
        return true;
    }

    private void header(ByteBuffer packet, long now) {
        int newSsrc = packet.getInt(8);
        int newSequence = packet.getShort(2) & 0xffff;
        if (anySeen && newSsrc != ssrc) {
            ssrcChanges++;
        } else if (anySeen && newSequence != ((sequence + 1) & 0xffff)) {
            rtpJumps++;
        }
        anySeen = true;
        ssrc = newSsrc;
        sequence = newSequence;
        longestAny = Math.max(longestAny, now - lastAny);
        lastAny = now;
    }

    synchronized AudioStats stats(long now) {
        long open = now - lastHeard;
        return new AudioStats(
                heard,
                gapMs(Math.max(longest, open)),
                open - PACKET_NANOS > ENDLESS_NANOS,
                gapMs(Math.max(longestAny, now - lastAny)),
                now - lastAny - PACKET_NANOS > ENDLESS_NANOS,
                jumps,
                rtpJumps,
                ssrcChanges,
                foreign,
                echoes,
                wrongDirection,
                other,
                worstDelay / 1e6);
    }

    synchronized List<Silence> silences(long now) {
        var all = new ArrayList<>(silences);
        if (now - lastHeard - PACKET_NANOS > SILENCE_NANOS) {
            all.add(new Silence(lastHeard, gapMs(now - lastHeard), true));
        }
        return all;
    }

    private static double gapMs(long silence) {
        return Math.max(0, silence - PACKET_NANOS) / 1e6;
    }
}
