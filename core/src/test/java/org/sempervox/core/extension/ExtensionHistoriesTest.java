package org.sempervox.core.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sempervox.core.sip.Flow;

/** Any order of registrations, calls, pauses and take-overs. A failing seed is the whole bug report. */
class ExtensionHistoriesTest {
    private static final int[] EXPIRES = {-1, 0, 30, 60, 120, 600, 9000};

    @Test
    void everyHistoryKeepsTheRules() {
        IntStream.range(0, 3_000).forEach(seed -> {
            try {
                run(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        });
    }

    private static void run(Random random) {
        var trial = new Trial();
        /* The latest granted end of each contact, as the phone knows it. */
        Map<String, Instant> granted = new HashMap<>();
        Set<String> calls = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(8)) {
                case 0 -> trial.pass(random.nextInt(400));
                case 1 -> trial.takeOver();
                case 2 -> slots(trial, random, calls);
                default -> register(trial, random, granted);
            }
            check(trial, granted, calls);
        }
    }

    private static void slots(Trial trial, Random random, Set<String> calls) {
        String call = "c" + random.nextInt(6);
        if (random.nextBoolean()) {
            if (trial.reserve(call, 3)) {
                calls.add(call);
            }
        } else {
            trial.release(call);
            calls.remove(call);
        }
    }

    private static void register(Trial trial, Random random, Map<String, Instant> granted) {
        var contacts = new ArrayList<ContactRequest>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int expires = EXPIRES[random.nextInt(EXPIRES.length)];
            contacts.add(Trial.contact("sip:100@192.0.2." + random.nextInt(14), expires));
        }
        var flow = random.nextInt(4) == 0 ? Flow.udp(0, "198.51.100.1", random.nextInt(3) + 1) : Trial.HOME;
        boolean star = count == 0 && random.nextInt(6) == 0;
        var before = trial.state;
        var memory = trial.memory;
        var request = new RegisterRequest("100", "call" + random.nextInt(2), random.nextInt(40), contacts, star, flow);
        var reply = trial.register(request);
        if (reply.status() != 200) {
            assertThat(trial.state).isSameAs(before);
            assertThat(trial.memory).isSameAs(memory);
            assertThat(reply.bindings()).isEmpty();
            return;
        }
        if (star) {
            granted.clear();
        }
        contacts.forEach(contact -> granted.remove(contact.uri()));
        for (var view : reply.bindings()) {
            assertThat(view.expiresSeconds()).isBetween(1, 7200);
            if (contacts.stream().anyMatch(contact -> contact.uri().equals(view.uri()))) {
                granted.put(view.uri(), trial.now.plusSeconds(view.expiresSeconds()));
            }
        }
        /* Asked again in the same instant, it answers the same and stores nothing. */
        assertThat(trial.register(request)).isEqualTo(reply);
        assertThat(trial.last).isEmpty();
    }

    private static void check(Trial trial, Map<String, Instant> granted, Set<String> calls) {
        assertThat(trial.state.slots()).isEqualTo(calls).hasSizeLessThanOrEqualTo(3);
        assertThat(trial.state.bindings()).hasSizeLessThanOrEqualTo(10);
        assertThat(trial.state.removals()).hasSizeLessThanOrEqualTo(32);
        /* No phone that keeps to what it was granted is ever unknown, here or on another node. */
        List<String> published = trial.state.published().stream()
                .filter(binding -> binding.validUntil().isAfter(trial.now))
                .map(PublishedBinding::uri)
                .toList();
        granted.forEach((uri, until) -> {
            if (until.isAfter(trial.now)) {
                assertThat(published).contains(uri);
            }
        });
    }
}
