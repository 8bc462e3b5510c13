package org.sempervox.sip.edge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipStatus;

/**
 * Responses that need no call (RFC 3261 §8.2.6, §8.2.7): the same request gets the same To-tag from every node, and that tag is never one
 * of a call's (S11).
 */
final class Answers {
    private final SecretKeySpec key;

    Answers(CallKeys keys) {
        this.key = new SecretKeySpec(keys.derivedKey("stateless tag"), "HmacSHA256");
    }

    SipResponse answer(SipRequest request, int status, Map<String, String> headers) {
        NameAddr to = request.to().tag() == null
                ? request.to().withTag(tag(request.branch() + request.callId()))
                : request.to();
        return new SipResponse(
                status,
                SipStatus.reason(status),
                request.via(),
                request.from(),
                to,
                request.callId(),
                request.cseq(),
                request.method(),
                List.of(),
                null,
                headers,
                null,
                "");
    }

    String tag(String seed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return "e"
                    + HexFormat.of()
                            .formatHex(mac.doFinal(seed.getBytes(StandardCharsets.UTF_8)))
                            .substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
