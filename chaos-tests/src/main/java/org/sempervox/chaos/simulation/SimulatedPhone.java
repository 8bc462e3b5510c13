package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/**
 * A well-behaved SIP phone (RFC 3261 §13–§15, §17): {@link PhoneClient} has its client transactions, {@link PhoneServer} its server
 * transactions. What its user does is a script of actions hung on {@link Moment}s.
 */
final class SimulatedPhone {
    /** Something that a script can wait for; the n-th occurrence runs the n-th action. */
    enum Moment {
        /** An INVITE was sent. */
        CALLED,
        /** Caller: a 180 or 183 came; callee: it was sent. */
        RINGING,
        /** Callee: 2xx sent. */
        ANSWERED,
        /** Caller: ACK sent; callee: ACK came. */
        ESTABLISHED,
        /** A re-INVITE came. */
        OFFERED,
        /** A re-INVITE of ours has its final response. */
        OFFER_DONE
    }

    private record Action(Duration delay, Runnable run) {}

    final String number;
    final Timeline timeline;
    private final String name;
    private final Wire network;
    private final String host;
    private final String pbx;
    private final PhoneClient client;
    private final PhoneServer server;
    private final Map<Moment, Deque<Action>> script = new EnumMap<>(Moment.class);
    private int names;
    final List<PhoneDialog> dialogs = new ArrayList<>();

    /** What this phone did not get although it should have. */
    final List<String> complaints = new ArrayList<>();

    int rings;

    /** Call-IDs of INVITEs that came as new ones although they had rung before. */
    final List<String> rangAgain = new ArrayList<>();

    boolean dead;
    boolean earlyMedia;
    boolean delayedOffer;
    Duration ringAfter = Duration.ofMillis(30);

    @Nullable
    Duration answerAfter = Duration.ofSeconds(2);

    int refuseWith;
    int refuseOffersWith;
    Duration answerOffersAfter = Duration.ofMillis(20);

    /** {@code name} tells phones of one number apart. */
    SimulatedPhone(Timeline timeline, Wire network, String name, String number, String host, String pbx) {
        this.timeline = timeline;
        this.network = network;
        this.name = name;
        this.number = number;
        this.host = host;
        this.pbx = pbx;
        this.client = new PhoneClient(this);
        this.server = new PhoneServer(this);
        network.attach(address(), this::receive);
    }

    String address() {
        return host + ":5060";
    }

    String host() {
        return host;
    }

    String fresh(String what) {
        names++;
        return what + name + "x" + names;
    }

    String branch() {
        return fresh("z9hG4bK-phone");
    }

    void when(Moment moment, Duration delay, Runnable action) {
        script.computeIfAbsent(moment, key -> new ArrayDeque<>()).add(new Action(delay, action));
    }

    void happened(Moment moment) {
        Deque<Action> actions = script.get(moment);
        Action action = actions == null ? null : actions.poll();
        if (action != null) {
            timeline.after(action.delay(), action.run());
        }
    }

    /** Its names tell phone and time, so that they stay the same whatever else the phone does. */
    void call(String dialled) {
        String when = name + "-" + timeline.micros() / 1000;
        if (dialogs.stream().anyMatch(dialog -> dialog.localTag.equals("tag-" + when))) {
            return;
        }
        var dialog = new PhoneDialog(
                host,
                "call-" + when,
                "tag-" + when,
                NameAddr.of("sip:" + number + "@sempervox"),
                NameAddr.of("sip:" + dialled + "@sempervox"),
                "sip:" + dialled + "@" + pbx,
                PhoneDialog.Phase.CALLING);
        dialogs.add(dialog);
        dialog.localSeq = 1;
        String body = delayedOffer ? "" : dialog.sdp("sendrecv");
        client.send(dialog, dialog.request("INVITE", 1, branch(), body), "sendrecv");
        happened(Moment.CALLED);
    }

    void cancel() {
        client.cancel();
    }

    /** BYE, in an early dialog of a caller too; CANCEL if there is not even that. */
    void hangUp() {
        if (dialogs.stream().anyMatch(one -> one.phase == PhoneDialog.Phase.CALLING && one.remoteTag == null)) {
            cancel();
        }
        for (PhoneDialog dialog : dialogs) {
            boolean early = dialog.phase == PhoneDialog.Phase.CALLING && dialog.remoteTag != null;
            if (dialog.phase == PhoneDialog.Phase.ESTABLISHED || early) {
                if (!early) {
                    dialog.end("hung-up", timeline.now());
                }
                bye(dialog);
            }
        }
    }

    /** As people hang up: CANCEL before the answer; a called phone's BYE waits for the ACK (RFC 3261 §15). */
    void goodbye() {
        cancel();
        for (PhoneDialog dialog : dialogs) {
            if (dialog.phase != PhoneDialog.Phase.ESTABLISHED) {
                continue;
            }
            dialog.end("hung-up", timeline.now());
            byeOnceAcknowledged(dialog);
        }
    }

    private void byeOnceAcknowledged(PhoneDialog dialog) {
        if (server.answering(dialog)) {
            timeline.after(Duration.ofMillis(200), () -> byeOnceAcknowledged(dialog));
        } else if (dialog.end.equals("hung-up")) {
            bye(dialog);
        }
    }

    void bye(PhoneDialog dialog) {
        client.send(dialog, dialog.request("BYE", ++dialog.localSeq, branch(), ""), "");
    }

    /** Re-INVITE with this direction in every established dialog; empty for one without SDP. */
    void offer(String direction) {
        for (PhoneDialog dialog : dialogs) {
            offer(dialog, direction);
        }
    }

    /** Waits while another INVITE is under way (RFC 3261 §14.1). */
    void offer(PhoneDialog dialog, String direction) {
        if (dialog.phase != PhoneDialog.Phase.ESTABLISHED) {
            return;
        }
        if (client.inviting(dialog) || server.inviting(dialog)) {
            timeline.after(Duration.ofSeconds(1), () -> offer(dialog, direction));
            return;
        }
        if (!direction.isEmpty()) {
            dialog.direction = direction;
        }
        String body = direction.isEmpty() ? "" : dialog.sdp(direction);
        client.send(dialog, dialog.request("INVITE", ++dialog.localSeq, branch(), body), direction);
    }

    /** The same without looking at INVITEs that come in: for glare. */
    boolean offering(PhoneDialog dialog) {
        return client.inviting(dialog);
    }

    void send(SipRequest request) {
        if (dead) {
            return;
        }
        network.send(new Packet.Asking(address(), pbx, request));
    }

    void send(SipResponse response) {
        if (dead) {
            return;
        }
        network.send(new Packet.Answering(address(), pbx, response));
    }

    void receive(Packet packet) {
        if (dead) {
            return;
        }
        switch (packet) {
            case Packet.Asking asking -> server.receive(asking.request());
            case Packet.Answering answering -> client.receive(answering.response());
        }
    }

    boolean idle() {
        return dialogs.stream().allMatch(dialog -> dialog.phase == PhoneDialog.Phase.ENDED)
                && client.idle()
                && server.idle();
    }

    /** How its calls ended, e.g. {@code talked hung-up}. */
    String end() {
        return number + ":"
                + (dialogs.isEmpty()
                        ? "quiet"
                        : String.join(
                                "+", dialogs.stream().map(PhoneDialog::text).toList()));
    }
}
