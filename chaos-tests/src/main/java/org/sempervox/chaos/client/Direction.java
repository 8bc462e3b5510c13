package org.sempervox.chaos.client;

import java.util.Locale;

/** The direction of a media stream as the writer of the description sees it (RFC 3264 §5.1). */
enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    final boolean send;
    final boolean receive;

    Direction(boolean send, boolean receive) {
        this.send = send;
        this.receive = receive;
    }

    static Direction of(boolean send, boolean receive) {
        if (send) {
            return receive ? SENDRECV : SENDONLY;
        }
        return receive ? RECVONLY : INACTIVE;
    }

    String attribute() {
        return "a=" + name().toLowerCase(Locale.ROOT);
    }
}
