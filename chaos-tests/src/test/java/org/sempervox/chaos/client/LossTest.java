package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** RFC 3261 §17: what is lost is sent again, what is repeated happens once. */
final class LossTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int CALLS = 16;

    @Test
    void callsLiveThroughLossAndRepetition() {
        List<LossyProxy> proxies = new ArrayList<>();
        try (Swarm swarm = Swarm.open()) {
            List<CompletableFuture<CallPair.Finished>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Phone callee = swarm.phone(CallTest.config(CallTest.NOWHERE, "b" + i));
                LossyProxy proxy = new LossyProxy(callee.address(), 1000 + i, 12, 20);
                proxies.add(proxy);
                Phone caller = swarm.phone(CallTest.config(proxy.address(), "a" + i));
                CallPair.Party by = i % 2 == 0 ? CallPair.Party.CALLER : CallPair.Party.CALLEE;
                calls.add(CallPair.establish(caller, "b" + i, callee, CallPair.State.RINGING, WITHIN)
                        .thenCompose(
                                result -> Objects.requireNonNull(result.pair()).finish(by, WITHIN)));
            }
            for (CompletableFuture<CallPair.Finished> call : calls) {
                CallPair.Finished finished = Soon.of(call);
                assertThat(finished.firstFailure()).isEmpty();
                assertThat(finished.audioCameBack()).isTrue();
            }
            assertThat(proxies.stream().mapToInt(LossyProxy::lost).sum()).isGreaterThan(5);
            assertThat(swarm.violations()).isEmpty();
            assertThat(swarm.faults()).isEmpty();
        } finally {
            proxies.forEach(LossyProxy::close);
        }
    }
}
