package org.sempervox.chaos.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a phone is set up.
 *
 * @param server the one address all initial requests go to
 * @param localHost numeric address the sockets are bound to
 * @param maxCalls calls at a time; one more is answered with 486
 * @param autoAnswer empty: answered by hand; otherwise so long after the ringing began
 * @param ringAfter silence (after a 100) before the 180; zero rings at once
 * @param earlyMedia whether a 183 with a description follows the 180 and audio starts before the answer
 * @param keepRaw whether the trace keeps whole messages
 */
public record PhoneConfig(
        InetSocketAddress server,
        Account account,
        String localHost,
        int maxCalls,
        Optional<Duration> autoAnswer,
        Duration ringAfter,
        boolean earlyMedia,
        boolean keepRaw) {

    /** A phone on 127.0.0.1 that takes four calls, rings at once and is answered by hand. */
    public static PhoneConfig of(InetSocketAddress server, Account account) {
        return new PhoneConfig(server, account, "127.0.0.1", 4, Optional.empty(), Duration.ZERO, false, false);
    }

    /** Answers by itself after ringing so long. */
    public PhoneConfig answeringAfter(Duration delay) {
        return new PhoneConfig(
                server, account, localHost, maxCalls, Optional.of(delay), ringAfter, earlyMedia, keepRaw);
    }

    /** Says 100 at once and 180 only after the delay. */
    public PhoneConfig ringingAfter(Duration delay) {
        return new PhoneConfig(server, account, localHost, maxCalls, autoAnswer, delay, earlyMedia, keepRaw);
    }

    /** Sends audio while it rings. */
    public PhoneConfig withEarlyMedia() {
        return new PhoneConfig(server, account, localHost, maxCalls, autoAnswer, ringAfter, true, keepRaw);
    }

    /** Takes so many calls at a time. */
    public PhoneConfig taking(int calls) {
        return new PhoneConfig(server, account, localHost, calls, autoAnswer, ringAfter, earlyMedia, keepRaw);
    }

    /** Bound to another numeric address. */
    public PhoneConfig at(String host) {
        return new PhoneConfig(server, account, host, maxCalls, autoAnswer, ringAfter, earlyMedia, keepRaw);
    }

    /** Keeps the text of every message in the trace. */
    public PhoneConfig keepingMessages() {
        return new PhoneConfig(server, account, localHost, maxCalls, autoAnswer, ringAfter, earlyMedia, true);
    }
}
