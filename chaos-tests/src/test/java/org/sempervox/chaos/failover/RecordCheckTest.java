package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.client.Account;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.HoldStyle;
import org.sempervox.chaos.client.Phone;
import org.sempervox.chaos.client.PhoneConfig;
import org.sempervox.chaos.client.Swarm;

/** The judges must be able to say no: calls straight from phone to phone, and records made by hand. */
class RecordCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Swarm swarm = Swarm.open();
    private Scene scene;

    @BeforeEach
    void call() throws Exception {
        Phone callee = swarm.phone(
                PhoneConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), account("1001")));
        Phone caller = swarm.phone(PhoneConfig.of(callee.address(), account("1000")));
        scene = new Scene(Rows.TALKING, 0, caller, callee, Optional.empty(), false);
        assertThat(Steps.outcome(done(Rows.TALKING.prepare(scene))).isOk()).isTrue();
    }

    @AfterEach
    void close() {
        swarm.close();
    }

    @Test
    void aRightRecordIsRight() throws Exception {
        finish();
        assertThat(new RecordCheck(List.of(right())).fault(scene)).isEmpty();
    }

    @Test
    void eachFieldIsLookedAt() throws Exception {
        finish();
        assertWrong(right().put("called", "1002"), "called");
        assertWrong(right().put("connected", ""), "connected");
        assertWrong(right().put("endedBy", "callee"), "endedBy");
        assertWrong(right().put("sipCause", 408), "sipCause");
        assertWrong(right().put("q850Cause", 102), "q850Cause");
        assertWrong(right().put("durationMs", 4000), "durationMs");
        assertWrong(right().putNull("answerAt"), "times");
        assertWrong(right().put("endAt", "2026-01-01T10:00:00.500Z"), "times");
    }

    @Test
    void noneAndTwoAreWrong() throws Exception {
        finish();
        assertThat(new RecordCheck(List.of()).fault(scene)).contains("0 records");
        assertThat(new RecordCheck(List.of(right(), right())).fault(scene)).contains("2 records");
    }

    @Test
    void aCallThatSomebodyElseEndedIsLost() throws Exception {
        scene.pair().caller().bye(SHORT).get(10, TimeUnit.SECONDS);
        var judgement = new Judgement(swarm, Rows.ALL, _ -> {});
        judgement.prepared(scene, List.of());
        assertThat(judgement.unharmed(scene)).isTrue();
        judgement.finished(
                scene,
                List.of(new Step(
                        "hold",
                        scene.pair().caller().hold(HoldStyle.SENDONLY, SHORT).get(10, TimeUnit.SECONDS))));
        assertThat(judgement.unharmed(scene)).isFalse();
    }

    private void finish() throws Exception {
        assertThat(Steps.outcome(done(Rows.TALKING.finish(scene))).isOk()).isTrue();
    }

    private void assertWrong(ObjectNode record, String what) {
        assertThat(new RecordCheck(List.of(record)).fault(scene))
                .get()
                .asString()
                .contains(what);
    }

    private static ObjectNode right() {
        return JSON.createObjectNode()
                .put("caller", "1000")
                .put("called", "1001")
                .put("connected", "1001")
                .put("startAt", "2026-01-01T10:00:00.000Z")
                .put("answerAt", "2026-01-01T10:00:01.000Z")
                .put("endAt", "2026-01-01T10:00:01.500Z")
                .put("durationMs", 500)
                .put("sipCause", 200)
                .put("q850Cause", 16)
                .put("endedBy", "caller");
    }

    private static Account account(String number) {
        return new Account(number, "pw" + number, "127.0.0.1");
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }
}
