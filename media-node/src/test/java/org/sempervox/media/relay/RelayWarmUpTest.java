package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayWarmUpTest {
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void aPacketGoesRoundThroughTwoSessions(String transport) {
        assertThat(RelayWarmUp.run(transport)).isGreaterThan(100);
    }
}
