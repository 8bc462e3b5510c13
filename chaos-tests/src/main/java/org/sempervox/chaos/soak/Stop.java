package org.sempervox.chaos.soak;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of the run, which cuts every pause short. */
final class Stop {
    private final CountDownLatch set = new CountDownLatch(1);

    void now() {
        set.countDown();
    }

    boolean isSet() {
        return set.getCount() == 0;
    }

    /** Waits so long or until the end; whether the run goes on. */
    boolean pause(long millis) throws InterruptedException {
        return !set.await(millis, TimeUnit.MILLISECONDS);
    }
}
