package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The judge of audio, fed with packets at chosen times. */
final class AudioMeterTest {
    private static final long MS = 1_000_000;
    private static final long START = 7_000 * MS;
    private final AudioMeter meter = new AudioMeter(11, AudioPattern.CALLEE, START, new LongAdder());

    private static ByteBuffer packet(long key, byte side, int ssrc, int number) {
        ByteBuffer packet = AudioPattern.template(ssrc, key, side);
        AudioPattern.stamp(packet, number & 0xffff, number * 160, false, number, START);
        return packet;
    }

    private boolean hear(int number, long atMs) {
        return meter.packet(packet(22, AudioPattern.CALLER, 5, number), START + atMs * MS);
    }

    @Test
    void gapIsTheLongestSilenceLessOnePacket() {
        hear(65534, 20);
        hear(65535, 40);
        hear(65536, 340);
        hear(65537, 360);
        AudioStats stats = meter.stats(START + 370 * MS);
        assertThat(stats.longestGapMs()).isEqualTo(280.0);
        assertThat(stats.heard()).isEqualTo(4);
        assertThat(stats.jumps()).isZero();
        assertThat(stats.rtpJumps()).isZero();
        assertThat(stats.endless()).isFalse();
    }

    @Test
    void openSilenceCountsUpToNow() {
        hear(1, 20);
        AudioStats stats = meter.stats(START + 2040 * MS);
        assertThat(stats.longestGapMs()).isEqualTo(2000.0);
        assertThat(stats.endless()).isTrue();
    }

    @Test
    void aWindowWithoutAnyPacketIsOneGap() {
        hear(1, 20);
        meter.mark(START + 1000 * MS);
        assertThat(meter.stats(START + 4020 * MS).longestGapMs()).isEqualTo(3000.0);
    }

    @Test
    void musicIsSoundButNotThePeer() {
        ByteBuffer music = ByteBuffer.allocate(172);
        music.put(0, (byte) 0x80);
        meter.packet(music, START + 500 * MS);
        AudioStats stats = meter.stats(START + 520 * MS);
        assertThat(stats.other()).isEqualTo(1);
        assertThat(stats.longestGapMs()).isEqualTo(500.0);
        assertThat(stats.anyGapMs()).isEqualTo(480.0);
        assertThat(stats.anyEndless()).isFalse();
    }

    @Test
    void strangersEchoesAndWrongSidesAreNotHeard() {
        meter.expect(22);
        assertThat(hear(1, 20)).isTrue();
        assertThat(meter.packet(packet(33, AudioPattern.CALLER, 5, 2), START)).isFalse();
        assertThat(meter.packet(packet(11, AudioPattern.CALLEE, 5, 3), START)).isFalse();
        assertThat(meter.packet(packet(22, AudioPattern.CALLEE, 5, 4), START)).isFalse();
        assertThat(meter.packet(packet(22, AudioPattern.CALLER, 6, 9), START)).isTrue();
        AudioStats stats = meter.stats(START);
        assertThat(stats.foreign()).isEqualTo(1);
        assertThat(stats.echoes()).isEqualTo(1);
        assertThat(stats.wrongDirection()).isEqualTo(1);
        assertThat(stats.ssrcChanges()).isEqualTo(1);
        assertThat(stats.jumps()).isEqualTo(1);
    }
}
