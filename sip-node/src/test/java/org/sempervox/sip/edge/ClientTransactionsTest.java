package org.sempervox.sip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.sip.stack.Sent;

class ClientTransactionsTest {
    private final List<Long> sent = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long now;
    private Sent outcome = Sent.SENT;

    private final ClientTransactions transactions = new ClientTransactions(
            (flow, data) -> {
                sent.add(now / 1_000_000);
                return outcome;
            },
            (request, status) -> failures.add(request.request().method() + " " + status + " at " + now / 1_000_000),
            () -> now);

    private static Outbound.Request request(String method) {
        var request = new SipRequest(
                method,
                "sip:200@192.0.2.9",
                List.of("SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKx"),
                NameAddr.of("sip:100@a"),
                NameAddr.of("sip:200@a"),
                "c",
                1,
                70,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                "");
        return new Outbound.Request("call", 1, 0, Flow.udp(2, "192.0.2.9", 5060), request);
    }

    private void send(String method) {
        transactions.send(request(method), new byte[1]);
    }

    private void pass(Duration time) {
        long end = now + time.toNanos();
        while (now < end) {
            now += 20_000_000L;
            transactions.tick();
        }
    }

    @Test
    void inviteIsRepeatedAtDoublingIntervalsFor32Seconds_RFC3261_17_1_1_2() {
        send("INVITE");
        pass(Duration.ofSeconds(60));
        assertThat(sent).containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15_500L, 31_500L);
        assertThat(failures).containsExactly("INVITE 408 at 32000");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void provisionalResponseStopsAnInvitesTimers() {
        send("INVITE");
        pass(Duration.ofMillis(600));
        transactions.response("z9hG4bKx", "INVITE", 180);
        pass(Duration.ofMinutes(4));
        assertThat(sent).containsExactly(0L, 500L);
        assertThat(failures).isEmpty();
        assertThat(transactions.size()).isEqualTo(1);
        pass(Duration.ofMinutes(2));
        assertThat(transactions.size()).isZero();
        assertThat(failures).isEmpty();
    }

    @Test
    void otherRequestsAreRepeatedUpToEvery4Seconds_RFC3261_17_1_2_2() {
        send("BYE");
        pass(Duration.ofSeconds(60));
        assertThat(sent)
                .containsExactly(0L, 500L, 1500L, 3500L, 7500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
        assertThat(failures).containsExactly("BYE 408 at 32000");
    }

    @Test
    void provisionalResponseSlowsOtherRequestsDown() {
        send("BYE");
        transactions.response("z9hG4bKx", "BYE", 100);
        pass(Duration.ofSeconds(60));
        assertThat(sent).containsExactly(0L, 500L, 4500L, 8500L, 12_500L, 16_500L, 20_500L, 24_500L, 28_500L);
        assertThat(failures).containsExactly("BYE 408 at 32000");
    }

    @Test
    void finalResponseEndsIt() {
        send("BYE");
        transactions.response("z9hG4bKx", "INVITE", 200);
        transactions.response("z9hG4bKother", "BYE", 200);
        assertThat(transactions.size()).isEqualTo(1);
        transactions.response("z9hG4bKx", "BYE", 481);
        pass(Duration.ofSeconds(60));
        assertThat(sent).containsExactly(0L);
        assertThat(failures).isEmpty();
    }

    /** At 400 calls/s everything that is kept for minutes after an answer would fill the heap. */
    @Test
    void nothingIsKeptOfWhatWasAnswered() {
        for (String method : List.of("INVITE", "BYE")) {
            send(method);
            transactions.response("z9hG4bKx", method, 180);
            transactions.response("z9hG4bKx", method, 200);
        }
        pass(Duration.ofSeconds(5));
        assertThat(transactions.kept()).isZero();
    }

    @Test
    void ackIsSentOnce() {
        send("ACK");
        pass(Duration.ofSeconds(60));
        assertThat(sent).containsExactly(0L);
    }

    @Test
    void requestSentAgainJoinsItsTransaction_S5() {
        send("INVITE");
        pass(Duration.ofMillis(700));
        send("INVITE");
        pass(Duration.ofSeconds(3));
        assertThat(sent).containsExactly(0L, 500L, 700L, 1500L, 3500L);
        assertThat(transactions.size()).isEqualTo(1);
        send("CANCEL");
        assertThat(transactions.size()).isEqualTo(2);
    }

    @Test
    void refusedPacketIsReportedOnce() {
        outcome = Sent.FAILED;
        send("INVITE");
        pass(Duration.ofSeconds(60));
        assertThat(failures).containsExactly("INVITE 503 at 0");
    }

    @Test
    void lostAddressTakesItsTransactionsAlongWithoutAReport_S17() {
        send("INVITE");
        transactions.forget(Set.of(1));
        assertThat(transactions.size()).isEqualTo(1);
        transactions.forget(Set.of(2));
        pass(Duration.ofSeconds(60));
        assertThat(sent).containsExactly(0L);
        assertThat(failures).isEmpty();
    }
}
