package org.sempervox.core.extension;

import java.util.List;
import org.sempervox.core.sip.Flow;

/**
 * One authenticated REGISTER (RFC 3261 §10.2).
 *
 * @param extension the number of the address of record
 * @param cseq number of the CSeq header, 0–2³¹-1
 * @param contacts empty for a query or with {@code removeAll}
 * @param removeAll {@code Contact: *} with {@code Expires: 0}
 * @param flow where the request came from
 */
public record RegisterRequest(
        String extension, String callId, long cseq, List<ContactRequest> contacts, boolean removeAll, Flow flow) {
    public RegisterRequest {
        contacts = List.copyOf(contacts);
    }
}
