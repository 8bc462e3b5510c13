package org.sempervox.core.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowTest {
    private final Flow flow = Flow.udp(0, "192.0.2.7", 40_000);

    @Test
    void contactOnTheSameHostIsCalledAtItsOwnPort_RFC3261_10_2_1() {
        assertThat(flow.toward("sip:100@192.0.2.7:5070")).isEqualTo(Flow.udp(0, "192.0.2.7", 5070));
        assertThat(flow.toward("sip:192.0.2.7;transport=udp")).isEqualTo(Flow.udp(0, "192.0.2.7", 5060));
        assertThat(Flow.udp(1, "2001:db8::7", 40_000).toward("sip:100@[2001:db8::7]:5070;ob"))
                .isEqualTo(Flow.udp(1, "2001:db8::7", 5070));
    }

    @Test
    void phoneBehindANatIsCalledWhereItsPacketsCameFrom() {
        assertThat(flow.toward("sip:100@10.0.0.7:5070")).isEqualTo(flow);
        assertThat(flow.toward("sip:100@phone.invalid")).isEqualTo(flow);
        assertThat(flow.toward("tel:+4930123")).isEqualTo(flow);
    }

    @Test
    void portsThatAreNoneCountAsTheDefault() {
        assertThat(SipUri.port("sip:100@192.0.2.7:0")).isEqualTo(5060);
        assertThat(SipUri.port("sip:100@192.0.2.7:99999")).isEqualTo(5060);
        assertThat(SipUri.port("sip:100@192.0.2.7:x")).isEqualTo(5060);
        assertThat(SipUri.host("sip:[")).isEmpty();
        assertThat(SipUri.host("")).isEmpty();
    }
}
