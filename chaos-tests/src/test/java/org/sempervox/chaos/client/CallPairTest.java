package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CallPairTest {
    private static final Duration SOON = CallTest.SOON;
    private final Swarm swarm = Swarm.open();

    @AfterEach
    void close() {
        swarm.close();
        assertThat(swarm.faults()).isEmpty();
        assertThat(swarm.violations()).isEmpty();
    }

    private CompletableFuture<CallPair.Established> establish(int index, CallPair.State state) {
        Phone callee = swarm.phone(CallTest.config(CallTest.NOWHERE, "b" + index));
        Phone caller = swarm.phone(CallTest.config(callee.address(), "a" + index));
        return CallPair.establish(caller, "b" + index, callee, state, SOON);
    }

    private static CallPair pair(CompletableFuture<CallPair.Established> establishing) {
        CallPair.Established result = Soon.of(establishing);
        assertThat(result.firstFailure()).isEmpty();
        return Objects.requireNonNull(result.pair());
    }

    @ParameterizedTest
    @EnumSource(CallPair.State.class)
    void finishesFromEveryStateByBothParties(CallPair.State state) {
        int index = 0;
        for (CallPair.Party by : CallPair.Party.values()) {
            CallPair pair = pair(establish(index, state));
            assertThat(pair.state()).isEqualTo(state);
            CallPair.Finished finished = Soon.of(pair.finish(by, SOON));
            assertThat(finished.firstFailure()).isEmpty();
            assertThat(finished.audioCameBack()).isTrue();
            index++;
        }
    }

    @Test
    void saysWhatCouldNotBeFinished() {
        CallPair pair = pair(establish(0, CallPair.State.TALKING));
        assertThat(Soon.of(pair.callee().bye(SOON)).isOk()).isTrue();
        assertThat(Soon.of(pair.caller().ended(SOON)).isOk()).isTrue();
        CallPair.Finished finished = Soon.of(pair.finish(CallPair.Party.CALLER, Duration.ofMillis(200)));
        assertThat(finished.isOk()).isFalse();
        assertThat(finished.firstFailure().orElseThrow())
                .isEqualTo(new CallPair.Step("hold", Outcome.failed(0, "no established call: ENDED")));
        assertThat(finished.audioCameBack()).isFalse();
    }

    @Test
    void measuresASenderThatStopsForAWhile() {
        CallPair pair = pair(establish(0, CallPair.State.TALKING));
        pair.mark();
        long muted = System.nanoTime();
        pair.caller().audio().mute(true);
        Outcome silence = Outcome.ok(0, "not yet silent");
        while (silence.isOk()) {
            silence = Soon.of(pair.callee().audio().heard(Duration.ofMillis(700)));
        }
        assertThat(pair.callee().audio().stats().endless()).isTrue();
        assertThat(GapReport.of(List.of(pair)).callerToCallee().endless()).isEqualTo(1);
        pair.caller().audio().mute(false);
        assertThat(Soon.of(pair.callee().audio().heard(SOON)).isOk()).isTrue();
        double tookMs = (System.nanoTime() - muted) / 1e6;
        GapReport report = GapReport.of(List.of(pair));
        assertThat(report.callerToCallee().max()).isBetween(600.0, tookMs);
        assertThat(report.callerToCallee().endless()).isZero();
        assertThat(report.calleeToCaller().max()).isLessThan(500.0 + swarm.worstLateMs());
        assertThat(pair.callee().audio().stats().jumps()).isZero();
    }

    @Test
    void manyCallsAtOnceAreCheap() {
        List<CompletableFuture<CallPair.Established>> establishing = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            establishing.add(establish(i, CallPair.State.TALKING));
        }
        List<CallPair> pairs = establishing.stream().map(CallPairTest::pair).toList();
        pairs.forEach(CallPair::mark);
        pairs.forEach(pair -> assertThat(Soon.of(pair.bothHear(SOON))).isTrue());
        GapReport report = GapReport.of(pairs);
        assertThat(report.callerToCallee().calls()).isEqualTo(100);
        assertThat(report.callerToCallee().endless()).isZero();
        assertThat(report.calleeToCaller().endless()).isZero();
        List<CompletableFuture<CallPair.Finished>> finishing = pairs.stream()
                .map(pair -> pair.finish(CallPair.Party.CALLEE, SOON))
                .toList();
        finishing.forEach(future -> assertThat(Soon.of(future).firstFailure()).isEmpty());
        assertThat(pairs)
                .allSatisfy(pair ->
                        assertThat(pair.caller().audio().stats().foreign()).isZero());
    }
}
