package org.sempervox.chaos.client;

/** What a user types into a phone: the name in the address and in the digest, the password, and the domain of the address. */
public record Account(String user, String password, String domain) {

    String addressOfRecord() {
        return "sip:" + user + "@" + domain;
    }
}
