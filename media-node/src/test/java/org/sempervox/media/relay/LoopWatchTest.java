package org.sempervox.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopWatchTest {
    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio", "uring"})
    void aLoopThatWorksIsLeftAlone(String name) throws Exception {
        try (RelayTransport transport = open(name)) {
            var watch = new LoopWatch(transport.loops());
            for (int i = 0; i < 3 * LoopWatch.PATIENCE; i++) {
                assertThat(watch.look()).isTrue();
                for (RelayLoop loop : transport.loops()) {
                    answered(loop);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio", "uring"})
    void oneThatHangsIsNoticed(String name) throws Exception {
        var release = new CountDownLatch(1);
        try (RelayTransport transport = open(name)) {
            var watch = new LoopWatch(transport.loops());
            assertThat(watch.look()).isTrue();
            answered(transport.loops().getFirst());
            transport.loops().getFirst().execute(() -> await(release));
            for (int i = 0; i < LoopWatch.PATIENCE; i++) {
                assertThat(watch.look()).isTrue();
                answered(transport.loops().getLast());
            }
            assertThat(watch.look()).isFalse();
            release.countDown();
        }
    }

    private static RelayTransport open(String name) {
        return RelayTransports.open(name, 2, () -> new Round(System::nanoTime, () -> true));
    }

    private static void answered(RelayLoop loop) throws Exception {
        var done = new CompletableFuture<Boolean>();
        loop.execute(() -> done.complete(true));
        assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
