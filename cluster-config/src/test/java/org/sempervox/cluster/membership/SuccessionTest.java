package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sempervox.cluster.membership.MajorityFenceTest.members;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * S21 with the fences of several nodes on one clock: nodes give each other up in any order, and what they say to each other comes late or
 * never. Nobody may speak for a node that may still speak itself.
 */
class SuccessionTest {
    private static final long MS = 1_000_000L;
    private static final int SEEDS = 3_000;
    private static final int TICKS = 250;

    @Test
    void whoeverIsSucceededIsSilent() {
        int taken = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var nodes = new Nodes(2 + random.nextInt(4), random);
            for (int tick = 0; tick < TICKS; tick++) {
                nodes.tick();
                assertThat(nodes.succeededAndSpeaking())
                        .as("seed " + seed + ", tick " + tick)
                        .isEmpty();
            }
            taken += nodes.successions();
        }
        assertThat(taken).as("successions, or nothing was tried").isGreaterThan(SEEDS / 4);
    }

    private static final class Nodes {
        private record Message(long at, long order, Runnable arrives) implements Comparable<Message> {
            @Override
            public int compareTo(Message other) {
                return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
            }
        }

        private final SplittableRandom random;
        private final List<MajorityFence> fences = new ArrayList<>();
        private final List<Set<Long>> views = new ArrayList<>();
        private final Set<Long> halted = new HashSet<>();
        private final PriorityQueue<Message> network = new PriorityQueue<>();
        private final int loss;
        private final long slowest;
        private final int discord;
        private long now = MS;
        private long sent;

        Nodes(int count, SplittableRandom random) {
            this.random = random;
            this.loss = random.nextInt(60);
            this.slowest = 1 + random.nextLong(400);
            this.discord = 1 + random.nextInt(4);
            for (long uid = 1; uid <= count; uid++) {
                long self = uid;
                fences.add(new MajorityFence(self, () -> now, () -> now, () -> now / MS, _ -> halted.add(self)));
                views.add(new TreeSet<>());
            }
            for (long newest = 1; newest <= count; newest++) {
                join(newest);
            }
        }

        /** Into those with lower numbers, who all see it at once. */
        private void join(long newest) {
            var all = new TreeSet<Long>();
            for (long uid = 1; uid <= newest; uid++) {
                all.add(uid);
            }
            for (long uid : all) {
                view(uid).clear();
                view(uid).addAll(all);
                tell(uid);
            }
            for (int round = 0; round < 2; round++) {
                for (long from : all) {
                    for (long to : all) {
                        fence(to).viewed(from, fence(from).view());
                    }
                }
            }
        }

        private MajorityFence fence(long uid) {
            return fences.get((int) uid - 1);
        }

        private Set<Long> view(long uid) {
            return views.get((int) uid - 1);
        }

        private void tell(long uid) {
            fence(uid)
                    .members(members(
                            uid, view(uid).stream().mapToLong(Long::longValue).toArray()));
        }

        void tick() {
            now += 20 * MS;
            while (!network.isEmpty() && network.peek().at() <= now) {
                network.remove().arrives().run();
            }
            for (long uid = 1; uid <= fences.size(); uid++) {
                long self = uid;
                fence(uid).tick();
                if (now / (20 * MS) % 5 == 0 && !halted.contains(self)) {
                    new ArrayList<>(view(self))
                            .stream().filter(other -> other != self).forEach(other -> beat(self, other));
                }
            }
            if (random.nextInt(100) < discord) {
                giveUp();
            }
        }

        private void giveUp() {
            long uid = 1L + random.nextInt(fences.size());
            List<Long> others = view(uid).stream().filter(other -> other != uid).toList();
            if (!others.isEmpty()) {
                view(uid).remove(others.get(random.nextInt(others.size())));
                tell(uid);
            }
        }

        private void beat(long from, long to) {
            long at = now;
            int view = fence(from).view();
            send(() -> {
                if (!view(to).contains(from) || halted.contains(to)) {
                    return;
                }
                fence(to).viewed(from, view);
                if (fence(to).grant(from)) {
                    send(() -> fence(from).acknowledged(to, at));
                }
            });
        }

        private void send(Runnable arrives) {
            if (random.nextInt(100) >= loss) {
                network.add(new Message(now + random.nextLong(slowest) * MS, sent++, arrives));
            }
        }

        private boolean succeeds(long heir, long former) {
            return fence(heir).open() && fence(heir).voters().of(former).isEmpty();
        }

        String succeededAndSpeaking() {
            for (long heir = 1; heir <= fences.size(); heir++) {
                for (long former = 1; former <= fences.size(); former++) {
                    if (succeeds(heir, former) && fence(former).open()) {
                        return heir + " succeeds " + former;
                    }
                }
            }
            return "";
        }

        int successions() {
            int count = 0;
            for (long heir = 1; heir <= fences.size(); heir++) {
                for (long former = 1; former <= fences.size(); former++) {
                    count += succeeds(heir, former) ? 1 : 0;
                }
            }
            return count;
        }
    }
}
