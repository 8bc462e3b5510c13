package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.State;
import org.sempervox.chaos.demo.Phones;

/** A call between neighbours that must come about. */
final class TalkingPair {
    private TalkingPair() {}

    /** The phone of that index calls the next one; both hear each other. {@code step}: how long each step may take. */
    static CallPair of(Phones phones, int first, Duration step) throws Exception {
        var established = CallPair.establish(
                        phones.get(first), Phones.number(first + 1), phones.get(first + 1), State.TALKING, step)
                .get(6 * step.toSeconds(), TimeUnit.SECONDS);
        assertThat(established.isOk()).as("%s", established.steps()).isTrue();
        return Objects.requireNonNull(established.pair());
    }
}
