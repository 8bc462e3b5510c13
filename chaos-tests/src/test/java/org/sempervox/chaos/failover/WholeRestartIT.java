package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** Fault l of the failover matrix (S29): every process killed at once, the store's too, and all started again on the same folder. */
@Tag("failover")
class WholeRestartIT {
    private static final int CALLS = 8;

    /** Of these the caller hangs up while nobody hears it. */
    private static final int LEFT = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(33);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** Seconds that nothing runs, the start of the nodes not counted: less and more than peers repeat a request. */
    @ParameterizedTest
    @CsvSource({"h2, 0", "cassandra, 20"})
    void callsWhosePhonesAreThereGoOn(String store, int seconds) throws Exception {
        goOn(store, seconds);
    }

    @Test
    @EnabledIfSystemProperty(named = "failover", matches = "all")
    void embeddedStoreIsBackAfterPeersHaveGivenUp() throws Exception {
        goOn("h2", 35);
    }

    private void goOn(String store, int seconds) throws Exception {
        CassandraAssumption.on(store);
        Path work = folder.resolve("w");
        Path pbx = folder.resolve("phones.conf");
        Files.writeString(pbx, Phones.pbxFile(2 * CALLS));
        List<String> arguments = List.of("--config", pbx.toString(), "--store", store);
        ClusterProcess first = ClusterProcess.start(work, arguments, _ -> {});
        try (Phones phones = Phones.register(first.addresses(), 2 * CALLS, "127.0.0.1")) {
            List<CallPair> pairs = talking(phones);
            first.killAll();
            Instant killedAt = Instant.now();
            var unheard = new ArrayList<CompletableFuture<Outcome>>();
            int left = seconds > 0 ? LEFT : 0;
            for (CallPair pair : pairs.subList(0, left)) {
                unheard.add(pair.caller().bye(PATIENCE));
            }
            // Nothing can be waited for: it is the time itself that peers give up after.
            assertThat(first.awaitNothing(Duration.ofSeconds(seconds))).isTrue();
            try (ClusterProcess second = ClusterProcess.start(work, arguments, _ -> {})) {
                for (CompletableFuture<Outcome> bye : unheard) {
                    assertThat(bye.get(60, TimeUnit.SECONDS).isOk()).isFalse();
                }
                for (CallPair pair : pairs.subList(0, left)) {
                    assertThat(pair.callee()
                                    .ended(PATIENCE)
                                    .get(40, TimeUnit.SECONDS)
                                    .isOk())
                            .as("the other side is told")
                            .isTrue();
                }
                goOn(pairs.subList(left, CALLS));
                check(second.awaitRecords(CALLS, Duration.ofSeconds(20)), left, killedAt);
            }
        } finally {
            first.close();
        }
    }

    private static List<CallPair> talking(Phones phones) throws Exception {
        var pairs = new ArrayList<CallPair>();
        for (int i = 0; i < CALLS; i++) {
            pairs.add(TalkingPair.of(phones, 2 * i, Duration.ofSeconds(10)));
        }
        return pairs;
    }

    private static void goOn(List<CallPair> pairs) throws Exception {
        for (CallPair pair : pairs) {
            assertThat(pair.bothHear(Duration.ofSeconds(30)).get(40, TimeUnit.SECONDS))
                    .as("audio is back")
                    .isTrue();
        }
        for (int i = 0; i < pairs.size(); i++) {
            var finished = pairs.get(i)
                    .finish(i % 2 == 0 ? Party.CALLER : Party.CALLEE, Duration.ofSeconds(20))
                    .get(180, TimeUnit.SECONDS);
            assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
            assertThat(finished.audioCameBack()).as("%s", finished.steps()).isTrue();
        }
    }

    private static void check(List<JsonNode> records, int left, Instant killedAt) {
        assertThat(records).hasSize(CALLS);
        var estimated = records.stream()
                .filter(record -> record.path("estimated").asBoolean())
                .toList();
        assertThat(estimated).hasSize(left);
        for (JsonNode record : estimated) {
            assertThat(record.path("endedBy").asText()).isEqualTo("system");
            assertThat(Duration.between(Instant.parse(record.path("endAt").asText()), killedAt))
                    .isBetween(Duration.ofMillis(-500), Duration.ofSeconds(3));
        }
        assertThat(records.stream()
                        .filter(record -> !record.path("estimated").asBoolean())
                        .map(record -> record.path("sipCause").asInt()))
                .containsOnly(200);
    }
}
