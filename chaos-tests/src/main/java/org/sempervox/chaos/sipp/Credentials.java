package org.sempervox.chaos.sipp;

/** Who a phone of SIPp is, for the digest. */
public record Credentials(String number, String password) {
    /** As SIPp's injection files have it. */
    String field() {
        return "[authentication username=%s password=%s];".formatted(number, password);
    }
}
