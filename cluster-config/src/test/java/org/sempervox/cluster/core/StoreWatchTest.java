package org.sempervox.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.store.Store;
import org.sempervox.core.call.Outage;

/** S28, S29: what a node's sign of life tells. */
class StoreWatchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final List<CompletableFuture<@Nullable Void>> beats = new ArrayList<>();
    private Optional<Instant> lastBeat = Optional.empty();
    private Optional<Instant> standstill = Optional.empty();
    private boolean open = true;

    private final StoreWatch watch =
            new StoreWatch(store(), "n1", () -> open, () -> NOW.plusNanos(nanos.get()), nanos::get);

    /** Only what the watch asks for. */
    private Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "beat" -> {
                        var beat = new CompletableFuture<@Nullable Void>();
                        beats.add(beat);
                        yield beat;
                    }
                    case "lastBeat" -> CompletableFuture.completedFuture(lastBeat);
                    case "lastStandstill" -> CompletableFuture.completedFuture(standstill);
                    case "stoodStill" -> {
                        standstill = Optional.of((Instant) arguments[0]);
                        yield CompletableFuture.completedFuture(null);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void after(int millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        watch.beat();
    }

    @Test
    void aStoreThatAnswersLateIsStillThere() {
        after(1000);
        after(1000);
        assertThat(beats).as("one at a time").hasSize(1);
        assertThat(watch.answers()).isTrue();
        beats.getLast().complete(null);
        after(1000);
        assertThat(beats).hasSize(2);
        assertThat(watch.answers()).isTrue();
    }

    @Test
    void aStoreThatSaysNothingForTwoSecondsIsNot() {
        after(1000);
        beats.getLast().complete(null);
        after(1000);
        after(1999);
        assertThat(watch.answers()).isTrue();
        after(1);
        assertThat(watch.answers()).isFalse();
        beats.getLast().complete(null);
        assertThat(watch.answers()).isTrue();
    }

    /** A node that waited long for its store at the start must not refuse the first calls for it. */
    @Test
    void whatTheStoreSaidAtTheStartIsAnAnswer() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(watch.answers()).isFalse();
        assertThat(watch.standstill().toCompletableFuture().join()).isEmpty();
        assertThat(watch.answers()).isTrue();
    }

    @Test
    void aRefusalIsNoAnswer() {
        for (int i = 0; i < 4; i++) {
            after(1000);
            beats.getLast().completeExceptionally(new IllegalStateException("no"));
        }
        assertThat(beats).hasSize(4);
        assertThat(watch.answers()).isFalse();
    }

    @Test
    void aFencedNodeGivesNoSignOfLife() {
        open = false;
        after(1000);
        assertThat(beats).isEmpty();
    }

    @Test
    void theFirstNodeAfterALongStopRemembersSinceWhen() {
        lastBeat = Optional.of(NOW.minusSeconds(33));
        assertThat(watch.standstill().toCompletableFuture().join()).contains(NOW.minusSeconds(33));
        lastBeat = Optional.of(NOW.minusSeconds(1));
        assertThat(watch.standstill().toCompletableFuture().join())
                .as("the next node")
                .contains(NOW.minusSeconds(33));
    }

    @Test
    void aShortStopOrAnEmptyStoreIsNone() {
        assertThat(watch.standstill().toCompletableFuture().join()).isEmpty();
        lastBeat = Optional.of(NOW.minusSeconds(32));
        assertThat(watch.standstill().toCompletableFuture().join()).isEmpty();
    }

    @Test
    void anOutageIsRememberedFromItsBeginningToItsEnd() {
        after(1000);
        beats.getLast().complete(null);
        assertThat(watch.outage()).isEmpty();
        after(1000);
        after(3000);
        assertThat(watch.outage()).as("lasts").contains(new Outage(NOW.plusSeconds(1), NOW.plusSeconds(5)));
        beats.getLast().complete(null);
        after(1000);
        beats.getLast().complete(null);
        assertThat(watch.outage()).as("over").contains(new Outage(NOW.plusSeconds(1), NOW.plusSeconds(5)));
    }
}
