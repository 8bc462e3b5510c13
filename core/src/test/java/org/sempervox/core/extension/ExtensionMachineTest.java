package org.sempervox.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sempervox.core.extension.Trial.contact;
import static org.sempervox.core.extension.Trial.outbound;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.extension.ExtensionEvent.BindingExpired;
import org.sempervox.core.extension.ExtensionEvent.ContactBound;
import org.sempervox.core.extension.ExtensionEvent.ContactUnbound;
import org.sempervox.core.sip.Flow;

class ExtensionMachineTest {
    private static final String DESK = "sip:100@192.0.2.10:5060";
    private static final String MOBILE = "sip:100@198.51.100.7:5062;transport=udp";
    private final Trial trial = new Trial();

    /** RFC 3261 §10.2.1 and §10.3 step 8. */
    @Test
    void addsABindingAndListsIt() {
        var reply = trial.register("a", 1, contact(DESK, 1800));
        assertThat(reply).isEqualTo(new RegisterReply(200, List.of(new BindingView(DESK, 1800, 1.0)), 0));
        assertThat(trial.last).hasSize(1).first().isInstanceOf(ContactBound.class);
    }

    /** RFC 3261 §10.2.3: a request without Contact changes nothing. */
    @Test
    void queryListsWithoutAStore() {
        trial.register("a", 1, contact(DESK, 1800));
        trial.pass(600);
        var reply = trial.query();
        assertThat(reply.bindings()).containsExactly(new BindingView(DESK, 1200, 1.0));
        assertThat(trial.last).isEmpty();
    }

    /** RFC 3261 §10.2.2. */
    @Test
    void removesOneOfTwo() {
        trial.register("a", 1, contact(DESK, 1800), contact(MOBILE, 1800));
        var reply = trial.register("a", 2, contact(DESK, 0));
        assertThat(reply.bindings()).extracting(BindingView::uri).containsExactly(MOBILE);
        assertThat(trial.last).containsExactly(new ContactUnbound(trial.now, DESK, "", 0, "a", 2));
    }

    /** RFC 3261 §10.3 step 6: Contact: * */
    @Test
    void removesAll() {
        trial.register("a", 1, contact(DESK, 1800), contact(MOBILE, 1800));
        assertThat(trial.removeAll("b", 1)).isEqualTo(new RegisterReply(200, List.of(), 0));
        assertThat(trial.state.bindings()).isEmpty();
    }

    /** RFC 3261 §10.3 step 6: an old request must not remove, and removes nothing at all then. */
    @Test
    void removesNothingIfOneIsNewerThanTheRequest() {
        trial.register("a", 1, contact(MOBILE, 1800));
        trial.register("b", 7, contact(DESK, 1800));
        assertThat(trial.removeAll("b", 7).status()).isEqualTo(500);
        assertThat(trial.state.bindings()).hasSize(2);
    }

    /** RFC 3261 §10.3 step 6: the star stands alone. */
    @Test
    void starWithAContactIsMalformed() {
        var request = new RegisterRequest("100", "a", 1, List.of(contact(DESK, 0)), true, Trial.HOME);
        assertThat(trial.register(request).status()).isEqualTo(400);
    }

    /** RFC 3261 §10.3 step 7: lower CSeq of the same Call-ID. */
    @Test
    void lateOlderRequestFailsAsAWhole() {
        trial.register("a", 5, contact(DESK, 1800));
        var reply = trial.register("a", 4, contact(MOBILE, 1800), contact(DESK, 0));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(trial.query().bindings()).extracting(BindingView::uri).containsExactly(DESK);
    }

    /** RFC 3261 §10.3 step 7: another Call-ID (the phone has restarted) is always newer. */
    @Test
    void anotherCallIdStartsAnew() {
        trial.register("a", 5, contact(DESK, 1800));
        assertThat(trial.register("b", 1, contact(DESK, 900)).status()).isEqualTo(200);
        assertThat(trial.query().bindings()).containsExactly(new BindingView(DESK, 900, 1.0));
    }

    @Test
    void repeatedRequestGetsTheSameAnswer() {
        var first = trial.register("a", 5, contact(DESK, 1800));
        assertThat(trial.register("a", 5, contact(DESK, 1800))).isEqualTo(first);
        assertThat(trial.last).isEmpty();
        var removal = trial.register("a", 6, contact(DESK, 0));
        assertThat(trial.register("a", 6, contact(DESK, 0))).isEqualTo(removal);
        assertThat(removal.status()).isEqualTo(200);
    }

    @Test
    void sameNumberWithOtherWishesIsNoRepetition() {
        trial.register("a", 5, contact(DESK, 1800));
        assertThat(trial.register("a", 5, contact(DESK, 900)).status()).isEqualTo(500);
        assertThat(trial.register("a", 5, contact(DESK, 0)).status()).isEqualTo(500);
    }

    @Test
    void lateRegisterDoesNotBringARemovedBindingBack() {
        trial.register("a", 5, contact(DESK, 1800));
        trial.register("a", 6, contact(DESK, 0));
        trial.takeOver();
        trial.pass(10);
        assertThat(trial.register("a", 5, contact(DESK, 1800)).status()).isEqualTo(500);
        assertThat(trial.register("a", 7, contact(DESK, 1800)).status()).isEqualTo(200);
    }

    /** RFC 3261 §10.3 step 7 and §21.4.17. */
    @Test
    void briefIntervalIsRefusedAsAWhole() {
        var reply = trial.register("a", 1, contact(MOBILE, 1800), contact(DESK, 59));
        assertThat(reply).isEqualTo(new RegisterReply(423, List.of(), 60));
        assertThat(trial.state.bindings()).isEmpty();
        assertThat(trial.register("a", 2, contact(DESK, 60)).status()).isEqualTo(200);
    }

    /** RFC 3261 §10.3 step 7: the registrar may shorten, and chooses where nothing is asked. */
    @Test
    void longIntervalIsShortenedAndNoneIsAnHour() {
        trial.register("a", 1, contact(DESK, 100_000), contact(MOBILE, -1));
        assertThat(trial.query().bindings())
                .containsExactly(new BindingView(DESK, 7200, 1.0), new BindingView(MOBILE, 3600, 1.0));
    }

    @Test
    void eleventhBindingIsForbiddenButTheTenStay() {
        var contacts = new ArrayList<ContactRequest>();
        for (int i = 0; i < 10; i++) {
            contacts.add(contact("sip:100@192.0.2." + i, 1800));
        }
        assertThat(trial.register("a", 1, contacts.toArray(ContactRequest[]::new))
                        .status())
                .isEqualTo(200);
        assertThat(trial.register("b", 1, contact(DESK, 1800)).status()).isEqualTo(403);
        assertThat(trial.register("a", 2, contacts.toArray(ContactRequest[]::new))
                        .status())
                .isEqualTo(200);
        assertThat(trial.register("b", 2, contact("sip:100@192.0.2.0", 0), contact(DESK, 1800))
                        .status())
                .isEqualTo(200);
    }

    /** RFC 5626 §6: instance and reg-id, not the address, make the binding. */
    @Test
    void samePhoneWithANewAddressReplaces() {
        trial.register("a", 1, outbound(DESK, 1800, "<urn:uuid:1>", 1));
        trial.register(Trial.ELSEWHERE, "b", 1, outbound(MOBILE, 1800, "<urn:uuid:1>", 1));
        assertThat(trial.query().bindings()).extracting(BindingView::uri).containsExactly(MOBILE);
        trial.register("b", 2, outbound(DESK, 1800, "<urn:uuid:1>", 2));
        assertThat(trial.query().bindings()).hasSize(2);
    }

    /** RFC 3261 §19.1.4: case of scheme, host and parameters and needless escapes make no difference, the user's case does. */
    @Test
    void sameUriInOtherWordsIsTheSameBinding() {
        trial.register("a", 1, contact("sip:bob@Example.COM;transport=UDP;line=7", 1800));
        trial.register("a", 2, contact("SIP:%62ob@example.com;line=7;Transport=udp", 1800));
        assertThat(trial.state.bindings()).hasSize(1);
        trial.register("a", 3, contact("sip:BOB@example.com;transport=udp;line=7", 1800));
        trial.register("a", 4, contact("sip:bob@example.com:5060;transport=udp;line=7", 1800));
        trial.register("a", 5, contact("sip:bob@example.com;transport=udp;line=8", 1800));
        assertThat(trial.state.bindings()).hasSize(4);
    }

    @Test
    void malformedContactsAreRefused() {
        assertThat(trial.register("a", 1, contact("mailto:bob@example.com", 1800))
                        .status())
                .isEqualTo(400);
        assertThat(trial.register("a", 1, contact("sip:", 1800)).status()).isEqualTo(400);
        assertThat(trial.register("a", 1, new ContactRequest(DESK, 1800, 1.5, "", 0))
                        .status())
                .isEqualTo(400);
        assertThat(trial.register("a", 1, new ContactRequest(DESK, 1800, Double.NaN, "", 0))
                        .status())
                .isEqualTo(400);
        assertThat(trial.register("a", 1, contact(DESK, 1800), contact(DESK, 0)).status())
                .isEqualTo(400);
        assertThat(trial.stored).isEmpty();
    }

    @Test
    void bindingEndsWithoutRefresh() {
        trial.register("a", 1, contact(DESK, 60));
        trial.pass(60);
        assertThat(trial.query().bindings()).isEmpty();
    }

    @Test
    void expiredBindingIsDroppedWithTheNextStore() {
        trial.register("a", 1, contact(DESK, 60));
        trial.pass(61);
        trial.register("b", 1, contact(MOBILE, 600));
        assertThat(trial.last).contains(new BindingExpired(trial.now, DESK, "", 0));
        trial.takeOver();
        assertThat(trial.query().bindings()).extracting(BindingView::uri).containsExactly(MOBILE);
    }

    @Test
    void removalOfAnExpiredBindingIsStoredForTheOtherNodes() {
        trial.register("a", 1, contact(DESK, 60), contact(MOBILE, 60));
        trial.pass(61);
        assertThat(trial.register("a", 2, contact(DESK, 0)).bindings()).isEmpty();
        assertThat(trial.state.published()).isEmpty();
        trial.register("a", 3, contact(DESK, 60), contact(MOBILE, 60));
        trial.pass(61);
        assertThat(trial.removeAll("a", 4).status()).isEqualTo(200);
        assertThat(trial.state.published()).isEmpty();
    }

    /** S26. */
    @Test
    void unchangedRefreshIsStoredOnlyWhenItWouldPassTheStoredTime() {
        trial.register("a", 1, contact(DESK, 600));
        int stores = 0;
        for (int i = 2; i <= 21; i++) {
            trial.pass(300);
            assertThat(trial.register("a", i, contact(DESK, 600)).bindings())
                    .containsExactly(new BindingView(DESK, 600, 1.0));
            stores += trial.last.size();
        }
        assertThat(stores).isEqualTo(6);
    }

    /** S26: what was only remembered is lost with the node, the binding is not. */
    @Test
    void bindingCountsAfterATakeOver() {
        trial.register("a", 1, contact(DESK, 600));
        trial.pass(500);
        trial.register("a", 2, contact(DESK, 600));
        assertThat(trial.last).isEmpty();
        trial.takeOver();
        trial.pass(550);
        assertThat(trial.query().bindings()).containsExactly(new BindingView(DESK, 150, 1.0));
        trial.pass(150);
        assertThat(trial.query().bindings()).isEmpty();
    }

    /** S18: the flow is where the phone can be reached, so a new one is stored at once. */
    @Test
    void movedFlowIsStored() {
        trial.register("a", 1, contact(DESK, 600));
        trial.pass(10);
        trial.register(Trial.ELSEWHERE, "a", 2, contact(DESK, 600));
        assertThat(trial.last).hasSize(1);
        assertThat(trial.state.published()).extracting(PublishedBinding::flow).containsExactly(Trial.ELSEWHERE);
        trial.pass(10);
        trial.register(Flow.udp(1, "192.0.2.10", 40001), "a", 3, contact(DESK, 600));
        assertThat(trial.last).hasSize(1);
    }

    @Test
    void rewritingKeepsTheAgeOfTheBinding() {
        trial.register("a", 1, contact(DESK, 600));
        trial.pass(500);
        trial.register("a", 2, contact(DESK, 600));
        trial.pass(500);
        trial.register("a", 3, contact(DESK, 600));
        assertThat(trial.last).hasSize(1);
        assertThat(trial.state.published()).extracting(PublishedBinding::since).containsExactly(Trial.START);
    }

    /** S7. */
    @Test
    void slotsAreASetOfCalls() {
        assertThat(trial.reserve("c1", 2)).isTrue();
        assertThat(trial.reserve("c1", 2)).isTrue();
        assertThat(trial.reserve("c2", 2)).isTrue();
        assertThat(trial.reserve("c3", 2)).isFalse();
        assertThat(trial.stored).hasSize(2);
        trial.release("c1");
        trial.release("c1");
        assertThat(trial.stored).hasSize(3);
        trial.takeOver();
        assertThat(trial.reserve("c3", 2)).isTrue();
        assertThat(trial.reserve("c4", 1)).isFalse();
        assertThat(trial.reserve("c2", 1)).isTrue();
    }

    @Test
    void impossibleEventsFailLoudly() {
        assertThatThrownBy(() ->
                        ExtensionMachine.evolve(ExtensionState.EMPTY, new ExtensionEvent.SlotReleased(trial.now, "c1")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> ExtensionMachine.evolve(ExtensionState.EMPTY, new BindingExpired(trial.now, DESK, "", 0)))
                .isInstanceOf(IllegalStateException.class);
    }
}
