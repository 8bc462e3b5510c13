package org.sempervox.media.relay;

import java.time.Duration;

/** What the relay notices by itself. Called on a loop's thread; must not block. */
@FunctionalInterface
public interface RelayFacts {
    /** Nothing has come from either side for the plan's limit; once per silence. */
    void silent(RelayKey key, Duration silence);
}
