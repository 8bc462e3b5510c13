package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceStepTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what is                            | owned | held | claimed | elsewhere | answered | remove | claim |
                // add
                "nothing owned                        | 0 | 0 | 0 | 0 | true  | 0 | 0 | 0",
                "gained: claimed first                | 1 | 0 | 0 | 0 | true  | 0 | 1 | 0",
                "claimed, not answered yet            | 1 | 0 | 1 | 0 | false | 0 | 1 | 0",
                "claimed and answered                 | 1 | 0 | 1 | 0 | true  | 0 | 1 | 1",
                "on the device                        | 1 | 1 | 1 | 0 | true  | 0 | 1 | 0",
                "another one has it: not even claimed | 1 | 0 | 0 | 1 | true  | 0 | 0 | 0",
                "both claim: both wait                | 1 | 0 | 1 | 1 | true  | 0 | 1 | 0",
                "lost: claimed until it is off        | 0 | 1 | 1 | 0 | true  | 1 | 1 | 0",
                "lost and off                         | 0 | 0 | 1 | 0 | true  | 0 | 0 | 0",
                "lost while another one claims        | 0 | 1 | 1 | 1 | true  | 1 | 1 | 0",
                "one lost, one gained                 | 2 | 1 | 1 | 0 | true  | 1 | 3 | 0",
                "one of two is elsewhere              | 3 | 0 | 1 | 2 | true  | 0 | 1 | 1",
            })
    void theNextStep(
            String what,
            long owned,
            long held,
            long claimed,
            long elsewhere,
            boolean answered,
            long remove,
            long claim,
            long add) {
        assertThat(DeviceStep.of(owned, held, claimed, elsewhere, answered))
                .isEqualTo(new DeviceStep(remove, claim, add));
    }

    /** A node as the steps see it: what it is told arrives late and in any order with what it does. */
    private static final class Model {
        long owned;
        long held;
        long claimed;
        long seen;
        boolean answered = true;

        void step() {
            held &= ~DeviceStep.of(owned, held, claimed, seen, answered).remove();
            DeviceStep step = DeviceStep.of(owned, held, claimed, seen, answered);
            if (step.claim() != claimed) {
                claimed = step.claim();
                answered = false;
                step = DeviceStep.of(owned, held, claimed, seen, answered);
            }
            held |= step.add();
        }

        /** The other one has got this one's claims and answers with its own. */
        void exchange(Model other) {
            other.seen = claimed;
            seen = other.claimed;
            answered = true;
        }
    }

    @Test
    void noTwoNodesHaveAnAddressWhateverTheyBelieve_S15() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var nodes = new Model[] {new Model(), new Model()};
            for (int i = 0; i < 60; i++) {
                Model one = nodes[random.nextInt(2)];
                switch (random.nextInt(3)) {
                    case 0 -> one.owned = random.nextInt(4);
                    case 1 -> one.step();
                    default -> one.exchange(one == nodes[0] ? nodes[1] : nodes[0]);
                }
                assertThat(nodes[0].held & nodes[1].held).as("seed %d", seed).isZero();
            }
        }
    }

    @Test
    void theOwnerGetsItWhenBothAgree_S16() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var a = new Model();
            var b = new Model();
            a.owned = random.nextInt(4);
            b.owned = random.nextInt(4);
            for (int i = 0; i < 10; i++) {
                (random.nextBoolean() ? a : b).step();
            }
            a.owned = 1;
            b.owned = 2;
            for (int i = 0; i < 4; i++) {
                a.step();
                b.step();
                a.exchange(b);
                b.exchange(a);
            }
            assertThat(a.held).as("seed %d", seed).isEqualTo(1);
            assertThat(b.held).as("seed %d", seed).isEqualTo(2);
        }
    }
}
