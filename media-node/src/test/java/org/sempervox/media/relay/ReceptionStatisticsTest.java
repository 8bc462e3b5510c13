package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sempervox.core.media.MediaReport.LegStatistics;

/** RFC 3550 A.1, A.3 and A.8. */
class ReceptionStatisticsTest {
    private static final long MILLISECOND = 1_000_000;

    private final ReceptionStatistics statistics = new ReceptionStatistics();

    private void receive(int sequence, int timestamp, int ssrc, long atMillis) {
        var packet = new Packet();
        packet.data.put(0, (byte) 0x80);
        packet.data.put(1, (byte) 0);
        packet.data.putShort(2, (short) sequence);
        packet.data.putInt(4, timestamp);
        packet.data.putInt(8, ssrc);
        packet.length = 172;
        statistics.received(packet, atMillis * MILLISECOND);
    }

    @Test
    void lostIsExpectedMinusReceivedAcrossTheWrap() {
        receive(65534, 0, 1, 0);
        receive(65535, 160, 1, 20);
        receive(2, 640, 1, 80);
        assertThat(statistics.snapshot(4)).isEqualTo(new LegStatistics(3, 516, 2, 4, 0));
    }

    @Test
    void duplicatesNeverMakeLostNegative() {
        receive(10, 0, 1, 0);
        receive(10, 0, 1, 0);
        receive(10, 0, 1, 0);
        assertThat(statistics.snapshot(0).lost()).isZero();
    }

    @Test
    void reorderedPacketsAreNotLost() {
        receive(10, 0, 1, 0);
        receive(12, 320, 1, 40);
        receive(11, 160, 1, 41);
        assertThat(statistics.snapshot(0).lost()).isZero();
    }

    @Test
    void aNewSourceAddsToTheCountBefore() {
        receive(10, 0, 1, 0);
        receive(12, 320, 1, 40);
        receive(40000, 0, 2, 60);
        receive(40002, 320, 2, 100);
        assertThat(statistics.snapshot(0)).isEqualTo(new LegStatistics(4, 688, 2, 0, 0));
    }

    @Test
    void aJumpOfTheSequenceIsBelievedOnlyWhenItGoesOn() {
        receive(10, 0, 1, 0);
        receive(30000, 160, 1, 20);
        receive(11, 160, 1, 20);
        assertThat(statistics.snapshot(0).lost()).isZero();
        receive(50000, 320, 1, 40);
        receive(50001, 480, 1, 60);
        receive(50002, 640, 1, 80);
        assertThat(statistics.snapshot(0).lost()).isZero();
    }

    @Test
    void jitterIsASixteenthOfTheDeviation() {
        receive(1, 0, 1, 0);
        receive(2, 160, 1, 36);
        // 16 ms late is 128 units of 8 kHz, a sixteenth of it 8 units: 1 ms.
        assertThat(statistics.snapshot(0).jitter()).isEqualTo(1000);
    }
}
