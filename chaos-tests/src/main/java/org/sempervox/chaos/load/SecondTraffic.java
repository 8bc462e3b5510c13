package org.sempervox.chaos.load;

import java.io.IOException;
import java.time.Duration;

/** Calls beside the swarm's, by a program that is not ours. */
public sealed interface SecondTraffic extends AutoCloseable permits SecondTraffic.None, SippTraffic {
    void start() throws IOException;

    /** No more calls; those that are up go on to their end. */
    void stop() throws IOException;

    /** Waits for the last ones and writes down what the program counted; cuts those that do not end in that time. */
    void awaitEnd(Duration within) throws InterruptedException;

    /** Ends the program. */
    @Override
    void close();

    /** A scenario without it. */
    record None() implements SecondTraffic {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public void awaitEnd(Duration within) {}

        @Override
        public void close() {}
    }
}
