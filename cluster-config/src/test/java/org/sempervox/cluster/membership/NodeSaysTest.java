package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeSaysTest {
    @Test
    void withoutClaimsItIsWhatEarlierReleasesSend() {
        assertThat(new NodeSays(Readiness.STARTING, 0).code()).isZero();
        assertThat(new NodeSays(Readiness.READY, 0).code()).isEqualTo(1);
        assertThat(new NodeSays(Readiness.DRAINING, 0).code()).isEqualTo(2);
        assertThat(NodeSays.of(1)).isEqualTo(new NodeSays(Readiness.READY, 0));
    }

    @Test
    void claimsAreAboveTheReadiness() {
        assertThat(NodeSays.of(0x301)).isEqualTo(new NodeSays(Readiness.READY, 3));
        assertThat(new NodeSays(Readiness.DRAINING, 1L << 55).code()).isEqualTo(0x8000000000000002L);
        assertThat(NodeSays.of(0x8000000000000002L)).isEqualTo(new NodeSays(Readiness.DRAINING, 1L << 55));
    }

    @Test
    void aReadinessOfANewerReleaseIsNotReady() {
        assertThat(NodeSays.of(0x177).readiness()).isEqualTo(Readiness.STARTING);
    }
}
