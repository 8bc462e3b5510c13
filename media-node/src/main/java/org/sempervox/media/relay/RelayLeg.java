package org.sempervox.media.relay;

import org.jspecify.annotations.Nullable;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.core.media.MediaReport.LegStatistics;

/**
 * One side of a session: what comes from it goes out of the sockets of its peer. Only on the loop's thread once attached. SSRC, sequence,
 * timestamp and payload stay as they are.
 */
final class RelayLeg {
    private final RelayLoop loop;
    private final RelayCounters counters;
    private final SourceLock audio = new SourceLock();
    private final SourceLock control = new SourceLock();
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private RelaySocket audioSocket;
    private RelaySocket controlSocket;
    private @Nullable RelayLeg peer;
    private long refused;
    private long lastHeard;
    /** RTCP to this side goes out of the RTP socket: its plan says so, or it does so itself (RFC 5761). */
    private boolean muxed;

    RelayLeg(RelayLoop loop, RelayCounters counters, RelaySocket audioSocket, RelaySocket controlSocket) {
        this.loop = loop;
        this.counters = counters;
        this.audioSocket = audioSocket;
        this.controlSocket = controlSocket;
    }

    void attach(RelayLeg other) {
        peer = other;
        loop.attach(audioSocket, this::audio);
        loop.attach(controlSocket, this::control);
    }

    /** Takes newly bound sockets of the same ports; what was learned stays. */
    void replace(RelaySocket newAudio, RelaySocket newControl) {
        RelaySocket oldAudio = audioSocket;
        RelaySocket oldControl = controlSocket;
        audioSocket = newAudio;
        controlSocket = newControl;
        loop.attach(newAudio, this::audio);
        loop.attach(newControl, this::control);
        oldAudio.close();
        oldControl.close();
    }

    void remote(@Nullable Endpoint rtp, @Nullable Endpoint rtcp, long now) {
        audio.remote(rtp, now);
        control.remote(rtcp, now);
        if (rtp != null) {
            muxed = rtp.equals(rtcp);
        }
    }

    static @Nullable Endpoint rtp(@Nullable RtpPeer of) {
        return of == null ? null : Endpoint.of(of.host(), of.rtpPort());
    }

    static @Nullable Endpoint rtcp(@Nullable RtpPeer of) {
        return of == null ? null : Endpoint.of(of.host(), of.rtcpPort());
    }

    long lastHeard() {
        return lastHeard;
    }

    void heard(long now) {
        lastHeard = now;
    }

    LegStatistics snapshot() {
        return statistics.snapshot(refused);
    }

    void close() {
        audioSocket.close();
        controlSocket.close();
    }

    private void audio(Packet packet) {
        if (!accepted(packet, audio)) {
            return;
        }
        RelayLeg to = peer;
        if (packet.isControl()) {
            muxed = true;
            if (to != null) {
                to.sendControl(packet);
            }
            return;
        }
        statistics.received(packet, lastHeard);
        if (to != null) {
            to.send(packet, to.audioSocket, to.audio.target());
        }
    }

    private void control(Packet packet) {
        RelayLeg to = peer;
        if (accepted(packet, control) && to != null) {
            to.sendControl(packet);
        }
    }

    private boolean accepted(Packet packet, SourceLock lock) {
        Round round = loop.round();
        if (!round.open()) {
            counters.dropped(DropReason.FENCED);
            return false;
        }
        if (!packet.isRtpOrRtcp()) {
            refused++;
            counters.dropped(DropReason.NOT_RTP);
            return false;
        }
        return switch (lock.offer(packet.sourceHigh, packet.sourceLow, packet.sourcePort, round.now())) {
            case ACCEPTED -> {
                lastHeard = round.now();
                yield true;
            }
            case LEARNING -> {
                counters.dropped(DropReason.LEARNING);
                yield false;
            }
            case FOREIGN -> {
                refused++;
                counters.dropped(DropReason.FOREIGN_SOURCE);
                yield false;
            }
        };
    }

    private void sendControl(Packet packet) {
        if (muxed) {
            send(packet, audioSocket, audio.target());
        } else {
            send(packet, controlSocket, control.target());
        }
    }

    private void send(Packet packet, RelaySocket socket, @Nullable Endpoint to) {
        if (to == null) {
            counters.dropped(DropReason.NO_DESTINATION);
        } else if (socket.send(packet, to)) {
            counters.relayed();
        } else {
            counters.dropped(DropReason.SEND_FAILED);
        }
    }
}
