package org.sempervox.chaos.simulation;

import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** A datagram between {@code host:port} addresses. */
sealed interface Packet {
    String from();

    String to();

    String callId();

    /** As one line of a story. */
    String text();

    /** What it is, in a number that is the same in every run. */
    long hashed();

    record Asking(String from, String to, SipRequest request) implements Packet {
        @Override
        public String callId() {
            return request.callId();
        }

        @Override
        public long hashed() {
            return StepTrace.mix(
                    StepTrace.mix(request.method().hashCode(), request.cseq()),
                    request.branch().hashCode() * 31L + request.body().hashCode());
        }

        @Override
        public String text() {
            return request.method() + " " + request.cseq() + (request.hasSdp() ? " sdp" : "") + "  "
                    + tail(request.branch());
        }
    }

    record Answering(String from, String to, SipResponse response) implements Packet {
        @Override
        public String callId() {
            return response.callId();
        }

        @Override
        public long hashed() {
            return StepTrace.mix(
                    StepTrace.mix(response.method().hashCode(), response.cseq() * 1000 + response.status()),
                    response.branch().hashCode() * 31L + response.body().hashCode());
        }

        @Override
        public String text() {
            return response.status() + " to " + response.method() + " " + response.cseq()
                    + (response.hasSdp() ? " sdp" : "") + "  " + tail(response.branch());
        }
    }

    private static String tail(String branch) {
        return branch.length() < 8 ? branch : branch.substring(branch.length() - 8);
    }
}
