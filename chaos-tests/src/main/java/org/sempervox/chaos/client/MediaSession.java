package org.sempervox.chaos.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Offer and answer of one call (RFC 3264) and the hold the phone wants; steers who sends audio. */
final class MediaSession {
    private final Audio audio;
    private final String host;
    private final long id = Ids.key() >>> 2;
    private int version;
    private @Nullable HoldStyle hold;
    private Direction offered = Direction.SENDRECV;
    private boolean heldByPeer;

    MediaSession(Audio audio, String host) {
        this.audio = audio;
        this.host = host;
    }

    @Nullable
    HoldStyle hold() {
        return hold;
    }

    boolean isHeldByPeer() {
        return heldByPeer;
    }

    private Direction wish() {
        if (hold == null) {
            return Direction.SENDRECV;
        }
        return hold == HoldStyle.INACTIVE ? Direction.INACTIVE : Direction.SENDONLY;
    }

    /** A new offer with the hold wanted from now on; undone by {@link #refused}. */
    String offer(@Nullable HoldStyle style) {
        hold = style;
        offered = wish();
        version++;
        boolean zero = style == HoldStyle.ZERO_ADDRESS;
        // The old spelling has the address only: an attribute beside it would make every server take the newer rule.
        return Sdp.write(id, version, zero ? "0.0.0.0" : host, audio.port(), zero ? null : offered, null);
    }

    /** The offer was not accepted: what was agreed before stays. */
    void refused(@Nullable HoldStyle before) {
        hold = before;
    }

    /** Takes the answer to the last offer. */
    void answered(Sdp answer) {
        apply(answer, offered.send);
    }

    /** Takes an offer and writes the answer. */
    String answer(Sdp offer) {
        Direction wish = wish();
        boolean send = wish.send && offer.canReceive();
        boolean receive = wish.receive && offer.canSend();
        apply(offer, wish.send);
        version++;
        boolean zero = hold == HoldStyle.ZERO_ADDRESS;
        return Sdp.write(id, version, zero ? "0.0.0.0" : host, audio.port(), Direction.of(send, receive), offer);
    }

    private void apply(Sdp remote, boolean send) {
        heldByPeer = !remote.canReceive();
        audio.sendTo(send && remote.canReceive() ? address(remote) : null);
    }

    private static @Nullable InetSocketAddress address(Sdp remote) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(remote.host()), remote.port());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
