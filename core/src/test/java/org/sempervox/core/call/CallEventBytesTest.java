package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallEvent.*;
import org.sempervox.core.dialog.Dialog;
import org.sempervox.core.dialog.ReplyRecipe;
import org.sempervox.core.golden.GoldenBytes;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.sip.NameAddr;

/** The bytes of each event as they were first written: they must be read for ever, and by a version that knows fewer fields. */
class CallEventBytesTest {
    private static final ActorTestKit KIT = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final NameAddr CONTACT = NameAddr.of("sip:101@192.0.2.2:5060");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Map<String, CallEvent> golden() {
        var invite = Story.invite(Story.OFFER);
        var recipe = ReplyRecipe.of(invite, Story.ALICE);
        var dialog = Dialog.called(invite, Story.ALICE, "local");
        var ring = new Ring(
                "101",
                "Bob",
                List.of(new Ring.RingLeg(1, "sip:101@192.0.2.2:5060", Story.BOB)),
                AT.plus(Duration.ofSeconds(30)),
                "102",
                null);
        var lease = new MediaLease(0, "127.0.0.11", 10000, 10002);
        var events = new LinkedHashMap<String, CallEvent>();
        events.put(
                "placed",
                new Placed(AT, "n1", "100", "101", dialog, recipe, Story.OFFER, lease, List.of("100", "101"), ring));
        events.put("leg-ended", new LegEnded(AT, 2, 486));
        events.put("forwarded", new Forwarded(AT, "102", 486));
        events.put("rung", new Rung(AT, "n2", ring, List.of("102")));
        events.put("answered", new Answered(AT, "n1", 1, "b1", CONTACT, List.of(CONTACT), Story.ANSWER, AT));
        events.put("answered-late", new AnsweredLate(AT, 2, "b2", CONTACT, List.of()));
        events.put("offered", new Offered(AT, "n1", 0, recipe, CONTACT, Story.OFFER));
        events.put("offer-answered", new OfferAnswered(AT, 200, CONTACT, Story.ANSWER));
        events.put("offer-acknowledged", new OfferAcknowledged(AT, 1, Story.ANSWER));
        events.put("probed", new Probed(AT, "n1", AT.minusSeconds(60)));
        events.put("leg-proved", new LegProved(AT, 1, CONTACT, Story.ANSWER));
        events.put("ended", new Ended(AT, "n1", EndedBy.CALLER, 0, 200, recipe, Story.ALICE, AT));
        events.put(
                "ended-estimated", new Ended(AT, "n1", EndedBy.SYSTEM, -1, 408, null, null, null, AT.minusSeconds(60)));
        events.put("record-stored", new RecordStored(AT));
        events.put("settled", new Settled(AT, List.of("answer", "heard/1")));
        return events;
    }

    @Test
    void everyKindOfEventHasItsBytes() {
        assertThat(golden().values().stream().map(Object::getClass))
                .as("a new event needs a golden file before it is stored anywhere")
                .containsAll(Arrays.asList(CallEvent.class.getPermittedSubclasses()));
    }

    @Test
    void oldBytesAreReadAndNewOnesAreTheSame() throws IOException {
        for (var entry : golden().entrySet()) {
            GoldenBytes.check(KIT.system(), 27101, "call", entry.getKey(), entry.getValue());
        }
    }

    /** In a rolling restart a node of the version before reads what a newer one has written. */
    @Test
    void aFieldOfANewerVersionIsPassedOver() throws IOException {
        for (CallEvent event : golden().values()) {
            SerializerWithStringManifest serializer = GoldenBytes.serializer(KIT.system(), event);
            ObjectNode tree = (ObjectNode) CBOR.readTree(serializer.toBinary(event));
            tree.put("addedLater", "something");
            assertThat(serializer.fromBinary(CBOR.writeValueAsBytes(tree), "")).isEqualTo(event);
        }
    }

    @Test
    void anEventOfANewerVersionFailsLoudly() throws IOException {
        CallEvent event = new RecordStored(AT);
        SerializerWithStringManifest serializer = GoldenBytes.serializer(KIT.system(), event);
        ObjectNode tree = (ObjectNode) CBOR.readTree(serializer.toBinary(event));
        tree.put("@e", "call.unheard-of");
        byte[] bytes = CBOR.writeValueAsBytes(tree);
        assertThatThrownBy(() -> serializer.fromBinary(bytes, "")).hasMessageContaining("call.unheard-of");
    }
}
