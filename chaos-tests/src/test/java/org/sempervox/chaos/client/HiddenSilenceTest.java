package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A server that plays old packets again while nothing comes must not pass for one without a silence. */
class HiddenSilenceTest {
    private static final long MS = 1_000_000;

    private final LongAdder repeats = new LongAdder();
    private final AudioMeter meter = new AudioMeter(11, AudioPattern.CALLEE, 0, repeats);

    @Test
    void packetsHeardAgainDoNotEndASilence() {
        meter.expect(22);
        for (int number = 0; number < 10; number++) {
            assertThat(hear(number, 20L * number)).isTrue();
        }
        for (int again = 10; again < 60; again++) {
            assertThat(hear(9, 20L * again)).isFalse();
        }
        assertThat(hear(60, 1200)).isTrue();
        assertThat(repeats.sum()).isEqualTo(50);
        assertThat(meter.silences(1200 * MS)).singleElement().satisfies(silence -> {
            assertThat(silence.since()).isEqualTo(180 * MS);
            assertThat(silence.ms()).isEqualTo(1000);
            assertThat(silence.open()).isFalse();
        });
    }

    @Test
    void aSilenceThatGoesOnIsOpen() {
        meter.expect(22);
        assertThat(hear(0, 0)).isTrue();
        assertThat(meter.silences(79 * MS)).isEmpty();
        assertThat(meter.silences(500 * MS)).singleElement().satisfies(silence -> {
            assertThat(silence.open()).isTrue();
            assertThat(silence.ms()).isEqualTo(480);
        });
    }

    /** Of two phones that ring, the second says something early and the first one answers. */
    @Test
    void anotherSenderCountsFromTheBeginning() {
        meter.expect(22);
        assertThat(hear(500, 0)).isTrue();
        meter.expect(33);
        assertThat(hear(33, 1, 20)).isTrue();
        assertThat(repeats.sum()).isZero();
    }

    private boolean hear(int number, long atMs) {
        return hear(22, number, atMs);
    }

    private boolean hear(long key, int number, long atMs) {
        ByteBuffer packet = AudioPattern.template(5, key, AudioPattern.CALLER);
        AudioPattern.stamp(packet, number, 160 * number, false, number, atMs * MS);
        packet.clear();
        return meter.packet(packet, atMs * MS);
    }
}
