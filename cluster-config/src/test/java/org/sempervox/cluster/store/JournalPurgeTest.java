package org.sempervox.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JournalPurgeTest {
    private static final int BATCH = 100;

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Integer> batches = new ArrayList<>();
    private int ended = 2 * BATCH + 50;
    private boolean mine = true;

    private final JournalPurge purge =
            new JournalPurge(store(), Duration.ofHours(1), () -> mine, (pause, step) -> later.add(step));

    /** Answers one question only. */
    private Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("purge");
                    int calls = Math.min(BATCH, ended);
                    ended -= calls;
                    batches.add(calls);
                    return CompletableFuture.completedFuture(calls);
                });
    }

    private void pass() {
        for (Runnable step = later.poll(); step != null; step = later.poll()) {
            step.run();
        }
    }

    /** More calls may end in half a minute than one batch takes. */
    @Test
    void aRunGoesOnUntilNothingIsLeft() {
        purge.run();
        purge.run();
        assertThat(batches).as("one run at a time").containsExactly(BATCH);
        pass();
        assertThat(batches).containsExactly(BATCH, BATCH, 50, 0);
        ended = 1;
        purge.run();
        assertThat(batches).endsWith(1);
    }

    @Test
    void anotherNodesTurnEndsIt() {
        purge.run();
        mine = false;
        pass();
        assertThat(batches).containsExactly(BATCH);
    }
}
