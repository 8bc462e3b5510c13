package org.sempervox.media.relay;

import org.jspecify.annotations.Nullable;

/**
 * Where packets of one socket may come from and where the answers go (symmetric RTP, RFC 4961; the check that RFC 7362 §4 asks of a
 * relay). A machine without clock or socket:
 *
 * <pre>
 *            source = SDP address, or two in a row from one address
 *  learning ───────────────────────────────────────────────────────▶ locked
 *     ▲                                                                │
 *     └──────────── SDP address changed, or silent for over 1 s ◀──────┘
 * </pre>
 *
 * <p>The target is the locked source, else the SDP address. A lock that has fallen silent stays the target until another is learned. For
 * 1 s after the SDP address has changed, late packets of the source before the change teach nothing.
 */
final class SourceLock {
    static final long SILENCE_NANOS = 1_000_000_000L;

    enum Verdict {
        ACCEPTED,
        LEARNING,
        FOREIGN
    }

    private @Nullable Endpoint sdp;
    private @Nullable Endpoint lastKnownSdp;
    private @Nullable Endpoint locked;
    private long lockedHeard;
    private @Nullable Endpoint former;
    private long formerUntil;
    private boolean candidate;
    private long candidateHigh;
    private long candidateLow;
    private int candidatePort;

    /** The SDP's address, null while unknown or on hold with 0.0.0.0; the lock stays unless a known address has changed. */
    void remote(@Nullable Endpoint changed, long now) {
        sdp = changed;
        if (changed == null || changed.equals(lastKnownSdp)) {
            return;
        }
        if (lastKnownSdp != null) {
            former = locked;
            formerUntil = now + SILENCE_NANOS;
        }
        lastKnownSdp = changed;
        locked = null;
        candidate = false;
    }

    @Nullable
    Endpoint target() {
        Endpoint to = sdp;
        return to == null || locked == null ? to : locked;
    }

    Verdict offer(long high, long low, int port, long now) {
        Endpoint source = locked;
        if (source != null) {
            if (source.is(high, low, port)) {
                lockedHeard = now;
                candidate = false;
                return Verdict.ACCEPTED;
            }
            if (now - lockedHeard <= SILENCE_NANOS) {
                return Verdict.FOREIGN;
            }
        }
        Endpoint announced = sdp;
        if (announced != null && announced.is(high, low, port)) {
            lock(announced, now);
            return Verdict.ACCEPTED;
        }
        Endpoint late = former;
        if (late != null && late.is(high, low, port) && now - formerUntil < 0) {
            return Verdict.FOREIGN;
        }
        if (candidate && candidateLow == low && candidatePort == port && candidateHigh == high) {
            lock(Endpoint.of(high, low, port), now);
            return Verdict.ACCEPTED;
        }
        candidate = true;
        candidateHigh = high;
        candidateLow = low;
        candidatePort = port;
        return Verdict.LEARNING;
    }

    private void lock(Endpoint source, long now) {
        locked = source;
        lockedHeard = now;
        former = null;
        candidate = false;
    }
}
