package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two phones that call each other without a server. */
final class CallTest {
    static final Duration SOON = Duration.ofSeconds(8);
    /** The discard port: for phones that place no calls. */
    static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final Swarm swarm = Swarm.open();
    private final Phone bob = swarm.phone(config(NOWHERE, "bob"));
    private final Phone alice = swarm.phone(config(bob.address(), "alice"));

    static PhoneConfig config(InetSocketAddress server, String user) {
        return PhoneConfig.of(server, new Account(user, "secret", "example.org"));
    }

    @AfterEach
    void noFaults() {
        swarm.close();
        assertThat(swarm.faults()).isEmpty();
        assertThat(swarm.violations()).isEmpty();
    }

    private static void ok(CompletableFuture<Outcome> future) {
        assertThat(Soon.of(future)).isInstanceOf(Outcome.Ok.class);
    }

    private Call arrived() {
        return Soon.of(bob.nextCall(SOON)).orElseThrow();
    }

    private CallPair talking() {
        CallPair.Established result = Soon.of(CallPair.establish(alice, "bob", bob, CallPair.State.TALKING, SOON));
        assertThat(result.firstFailure()).isEmpty();
        return Objects.requireNonNull(result.pair());
    }

    @ParameterizedTest
    @EnumSource(HoldStyle.class)
    void holdsAndResumesInEverySpelling(HoldStyle style) {
        CallPair pair = talking();
        ok(pair.caller().hold(style, SOON));
        assertThat(pair.caller().state()).isEqualTo(Call.State.HOLDING);
        assertThat(pair.callee().audio().isSending()).isFalse();
        assertThat(pair.caller().audio().isSending()).isEqualTo(style != HoldStyle.INACTIVE);
        assertThat(Soon.of(pair.callee().heldByPeer(SOON))).isTrue();
        ok(pair.caller().resume(SOON));
        assertThat(pair.caller().state()).isEqualTo(Call.State.TALKING);
        assertThat(Soon.of(pair.bothHear(SOON))).isTrue();
        ok(pair.callee().hold(style, SOON));
        assertThat(pair.caller().audio().isSending()).isFalse();
        ok(pair.callee().resume(SOON));
        assertThat(Soon.of(pair.bothHear(SOON))).isTrue();
        ok(pair.callee().bye(SOON));
        ok(pair.caller().ended(SOON));
        assertThat(pair.caller().end()).isEqualTo(new Call.End(Call.Side.REMOTE, 200, "BYE received"));
    }

    @Test
    void heldTwiceIsSilent() {
        CallPair pair = talking();
        ok(pair.caller().hold(HoldStyle.SENDONLY, SOON));
        ok(pair.callee().hold(HoldStyle.SENDONLY, SOON));
        assertThat(pair.caller().audio().isSending()).isFalse();
        assertThat(pair.callee().audio().isSending()).isFalse();
        ok(pair.caller().resume(SOON));
        assertThat(pair.caller().audio().isSending()).isFalse();
        ok(pair.callee().resume(SOON));
        assertThat(Soon.of(pair.bothHear(SOON))).isTrue();
    }

    @Test
    void callWithoutOfferIsAnsweredInTheAck() {
        Call call = alice.callWithoutOffer("bob");
        Call incoming = arrived();
        ok(incoming.answer(SOON));
        ok(call.answered(SOON));
        assertThat(Soon.of(CallPair.of(call, incoming, CallPair.State.TALKING).bothHear(SOON)))
                .isTrue();
        ok(call.reinviteWithoutOffer(SOON));
        ok(incoming.reinviteWithoutOffer(SOON));
        assertThat(Soon.of(call.audio().heard(SOON)).isOk()).isTrue();
        assertThat(Soon.of(incoming.audio().heard(SOON)).isOk()).isTrue();
    }

    @Test
    void earlyMediaAndAnswerByItself() {
        Phone carol = swarm.phone(config(NOWHERE, "carol")
                .withEarlyMedia()
                .ringingAfter(Duration.ofMillis(50))
                .answeringAfter(Duration.ofMillis(300)));
        Phone dave = swarm.phone(config(carol.address(), "dave"));
        Call call = dave.call("carol");
        ok(call.audio().heard(SOON));
        ok(call.answered(SOON));
        ok(call.bye(SOON));
    }

    @Test
    void cancelEndsTheRingingAtBothSides() {
        Call call = alice.call("bob");
        Call incoming = arrived();
        ok(call.ringing(SOON));
        assertThat(Soon.of(call.cancel(SOON))).isEqualTo(Outcome.ok(487, "Request Terminated"));
        ok(incoming.ended(SOON));
        assertThat(Soon.of(incoming.answer(SOON))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void cancelAtOnceWaitsForTheFirstResponse() {
        Call call = alice.call("bob");
        assertThat(Soon.of(call.cancel(SOON))).isEqualTo(Outcome.ok(487, "Request Terminated"));
        assertThat(alice.trace().entries())
                .filteredOn(e -> e.way() == Trace.Way.OUT)
                .extracting(Trace.Entry::cseq)
                .containsExactly("1 INVITE", "1 CANCEL", "1 ACK");
    }

    @Test
    void rejectedAndBusy() {
        Call call = alice.call("bob");
        ok(arrived().reject(603, SOON));
        assertThat(Soon.of(call.answered(SOON))).isEqualTo(Outcome.failed(603, "Decline"));
        Phone busy = swarm.phone(config(NOWHERE, "busy").taking(0));
        Phone erin = swarm.phone(config(busy.address(), "erin"));
        assertThat(Soon.of(erin.call("busy").answered(SOON))).isEqualTo(Outcome.failed(486, "Busy Here"));
        assertThat(Soon.of(alice.options("bob", SOON)).isOk()).isTrue();
    }

    @Test
    void bothHoldAtOnceAndBackOffAsRfc3261Section14_1() {
        CallPair pair = talking();
        CompletableFuture<Outcome> first = pair.caller().hold(HoldStyle.SENDONLY, SOON);
        CompletableFuture<Outcome> second = pair.callee().hold(HoldStyle.INACTIVE, SOON);
        ok(first);
        ok(second);
        assertThat(pair.caller().state()).isEqualTo(Call.State.HOLDING);
        assertThat(pair.callee().state()).isEqualTo(Call.State.HOLDING);
        ok(pair.caller().bye(SOON));
    }

    @Test
    void bothHangUpAtOnce() {
        CallPair pair = talking();
        CompletableFuture<Outcome> first = pair.caller().bye(SOON);
        CompletableFuture<Outcome> second = pair.callee().bye(SOON);
        ok(first);
        ok(pair.caller().ended(SOON));
        ok(pair.callee().ended(SOON));
        // The first BYE may already have ended the call at the other phone: then that one has nothing to end.
        assertThat(Soon.of(second)).isNotInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void deadlinesMakeUnknown() {
        Phone lonely = swarm.phone(config(NOWHERE, "lonely"));
        assertThat(Soon.of(lonely.register(Duration.ofMinutes(1), Duration.ofMillis(100))))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(Soon.of(lonely.nextCall(Duration.ofMillis(50)))).isEmpty();
        assertThat(Soon.of(alice.call("bob").bye(SOON))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void nobodyWaitsOnASwarmThatIsClosed() {
        CompletableFuture<Outcome> waiting = alice.call("bob").answered(Duration.ofHours(1));
        Call call = arrived();
        swarm.close();
        assertThat(Soon.of(waiting)).isInstanceOf(Outcome.Unknown.class);
        assertThat(Soon.of(call.answer(Duration.ofHours(1)))).isInstanceOf(Outcome.Unknown.class);
    }
}
