package org.sempervox.media.relay;

import org.sempervox.core.media.MediaReport.LegStatistics;

/**
 * What came from one side: lost packets by RFC 3550 A.1 and A.3, jitter by A.8. A new SSRC starts a new count that is added to the one
 * before. The clock of the jitter is 8000 Hz for static payload types and 48000 Hz for dynamic ones, because plans do not say it.
 */
final class ReceptionStatistics {
    private static final int SEQUENCES = 1 << 16;
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int FIRST_DYNAMIC = 96;

    private boolean started;
    private int ssrc;
    private int baseSequence;
    private int maxSequence;
    private int badSequence;
    private long cycles;
    private long received;
    private long lostBefore;

    private long packets;
    private long octets;

    private int payloadType;
    private int lastTimestamp;
    private long lastArrival;
    /** Units of the stream's clock, times 16 (the integer form of A.8). */
    private long scaledJitter;

    /** Counts a packet that came at {@code now}, in nanoseconds. */
    void received(Packet packet, long now) {
        packets++;
        octets += packet.length();
        int sequence = packet.sequence();
        if (!started || ssrc != packet.ssrc()) {
            begin(packet, sequence, now);
            return;
        }
        if (count(sequence)) {
            jitter(packet, now);
        }
    }

    private void begin(Packet packet, int sequence, long now) {
        lostBefore += lost();
        started = true;
        ssrc = packet.ssrc();
        restart(sequence);
        received = 1;
        payloadType = packet.payloadType();
        lastTimestamp = packet.timestamp();
        lastArrival = now;
    }

    private void restart(int sequence) {
        baseSequence = sequence;
        maxSequence = sequence;
        badSequence = SEQUENCES + 1;
        cycles = 0;
        received = 0;
    }

    /** A.1's update_seq without probation: the source lock has already judged the source. */
    private boolean count(int sequence) {
        int delta = (sequence - maxSequence) & (SEQUENCES - 1);
        if (delta < MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += SEQUENCES;
            }
            maxSequence = sequence;
        } else if (delta <= SEQUENCES - MAX_MISORDER) {
            if (sequence != badSequence) {
                badSequence = (sequence + 1) & (SEQUENCES - 1);
                return false;
            }
            lostBefore += lost();
            restart(sequence);
        }
        received++;
        return true;
    }

    private long lost() {
        return started ? Math.max(0, cycles + maxSequence - baseSequence + 1 - received) : 0;
    }

    /** Only between packets of one payload type with different timestamps: events (RFC 4733) repeat theirs. */
    private void jitter(Packet packet, long now) {
        int timestamp = packet.timestamp();
        if (packet.payloadType() != payloadType) {
            payloadType = packet.payloadType();
        } else if (timestamp != lastTimestamp) {
            long elapsed = Math.round((now - lastArrival) * (clockRate() / 1e9));
            long difference = Math.abs(elapsed - (timestamp - lastTimestamp));
            scaledJitter += difference - ((scaledJitter + 8) >> 4);
        } else {
            return;
        }
        lastTimestamp = timestamp;
        lastArrival = now;
    }

    private int clockRate() {
        return payloadType < FIRST_DYNAMIC ? 8000 : 48000;
    }

    LegStatistics snapshot(long refused) {
        return new LegStatistics(
                packets, octets, lostBefore + lost(), refused, (scaledJitter >> 4) * 1_000_000 / clockRate());
    }
}
