package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryBucketTest {
    private static DirectoryEntry entry(long version) {
        var bound = new DirectoryEntry.Bound("sip:a" + version, 1, 0, version, 0, "udp", "h", 1);
        return new DirectoryEntry(version, List.of(bound));
    }

    /** Whatever is lost, repeated or overtaken on the way: replicas that have merged each other are equal and hold the newest. */
    @Test
    void replicasAgreeOnTheNewest() {
        IntStream.range(0, 500).forEach(seed -> {
            var random = new Random(seed);
            var replicas =
                    new ArrayList<>(List.of(DirectoryBucket.EMPTY, DirectoryBucket.EMPTY, DirectoryBucket.EMPTY));
            var deltas = new ArrayList<DirectoryBucket>();
            long newest = 0;
            for (int step = 0; step < 40; step++) {
                int at = random.nextInt(3);
                var replica = replicas.get(at);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        long version = 1L + random.nextInt(30);
                        newest = Math.max(newest, version);
                        var written = replica.with("100", entry(version));
                        written.deltaData().ifPresent(deltas::add);
                        replicas.set(at, written.resetDelta());
                    }
                    case 1 -> replicas.set(at, replica.mergeData(replicas.get(random.nextInt(3))));
                    default -> {
                        if (!deltas.isEmpty()) {
                            replicas.set(at, replica.mergeDeltaData(deltas.get(random.nextInt(deltas.size()))));
                        }
                    }
                }
            }
            var all = replicas.get(0).mergeData(replicas.get(1)).mergeData(replicas.get(2));
            var otherOrder = replicas.get(2).mergeData(replicas.get(0)).mergeData(replicas.get(1));
            assertThat(all).as("seed " + seed).isEqualTo(otherOrder);
            if (newest > 0) {
                assertThat(all.entries().get("100")).as("seed " + seed).isEqualTo(entry(newest));
            }
        });
    }

    @Test
    void deltaHoldsOnlyWhatChanged() {
        var bucket = DirectoryBucket.EMPTY
                .with("100", entry(1))
                .resetDelta()
                .with("101", entry(1))
                .with("102", entry(2));
        assertThat(bucket.deltaData().orElseThrow().entries()).containsOnlyKeys("101", "102");
        assertThat(bucket.with("102", entry(2))).isSameAs(bucket);
        assertThat(bucket.resetDelta().deltaData()).isEmpty();
    }
}
