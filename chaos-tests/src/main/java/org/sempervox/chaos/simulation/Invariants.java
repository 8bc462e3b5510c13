package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/** What must hold in every run, each with a stable name; some are watched on the wire, the others checked when all is quiet. */
final class Invariants {
    static final String SAME_END = "same-end";
    static final String ONE_RECORD = "one-record";
    static final String TRUE_RECORD = "true-record";
    static final String NOBODY_HANGS = "nobody-hangs";
    static final String RINGS_ONCE = "rings-once";
    static final String ONE_BRANCH = "one-branch";
    static final String SAME_BYTES = "same-bytes";
    static final String RISING_CSEQ = "rising-cseq";
    static final String NO_REFUSAL = "no-refusal";
    static final String MEDIA_RELEASED = "media-released";
    static final String MEDIA_PLAN = "media-plan";
    static final String SLOTS_RELEASED = "slots-released";
    static final String FINISHED = "finished";
    static final String PLACED_FIRST = "placed-first";
    static final String SDP_VERSION = "sdp-version";
    static final String FOUR_WRITES = "four-writes";
    static final String NO_SPIN = "no-spin";

    private final World world;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> inviteBranches = new HashMap<>();
    private final Map<String, SipRequest> lastRequests = new HashMap<>();
    private final Map<String, Object> sent = new HashMap<>();
    private final Map<String, String> descriptions = new HashMap<>();
    private final Map<String, Long> newestDescription = new HashMap<>();
    private Set<String> excuses = Set.of();

    Invariants(World world) {
        this.world = world;
    }

    List<Violation> violations() {
        return violations;
    }

    /** Refusals and complaints that a scenario brings about by itself. */
    void excuse(Set<String> texts) {
        excuses = texts;
    }

    void broken(String invariant, String detail) {
        if (violations.stream().noneMatch(old -> old.invariant().equals(invariant))) {
            violations.add(new Violation(invariant, detail));
        }
    }

    /** Every packet at the time it is sent. */
    void see(Packet packet) {
        boolean ours = world.addresses.addresses().stream()
                .anyMatch(address -> address.sentBy().equals(packet.from()));
        switch (packet) {
            case Packet.Asking asking when ours -> request(asking.request());
            case Packet.Answering answering -> response(answering.response(), ours);
            case Packet.Asking _ -> {}
        }
    }

    private void request(SipRequest request) {
        String method = request.method();
        if (!request.body().isEmpty()) {
            described(request.callId(), request.body());
        }
        same(method + request.branch(), request);
        if (method.equals("INVITE")) {
            String before = inviteBranches.putIfAbsent(request.callId() + " " + request.cseq(), request.branch());
            if (before != null && !before.equals(request.branch())) {
                broken(ONE_BRANCH, "INVITE " + request.cseq() + " with " + before + " and " + request.branch());
            }
        }
        if (method.equals("ACK") || method.equals("CANCEL")) {
            return;
        }
        SipRequest last = lastRequests.get(request.callId());
        if (last == null || request.cseq() > last.cseq()) {
            lastRequests.put(request.callId(), request);
        } else if (request.cseq() == last.cseq() && !request.method().equals(last.method())) {
            broken(RISING_CSEQ, method + " and " + last.method() + " both with CSeq " + request.cseq());
        } else if (request.cseq() < last.cseq() && !method.equals("INVITE")) {
            broken(RISING_CSEQ, method + " " + request.cseq() + " after " + last.method() + " " + last.cseq());
        }
    }

    /** S5: brought about again, a message is a retransmission. */
    private void same(String key, Object message) {
        Object before = sent.putIfAbsent(key, message);
        if (before != null && !before.equals(message)) {
            broken(SAME_BYTES, before + " and " + message);
        }
    }

    private void response(SipResponse response, boolean ours) {
        String text = response.status() + " to " + response.method();
        boolean alarming = response.status() == 481 || response.status() == 482 || response.status() == 500;
        if (alarming && !excuses.contains(text)) {
            boolean reissued = !ours && response.method().equals("BYE") && world.crashes() > 0;
            if (!reissued) {
                broken(NO_REFUSAL, (ours ? "sent " : "received ") + text + " " + response.cseq());
            }
        }
        if (!ours) {
            return;
        }
        if (!response.body().isEmpty()) {
            described(response.callId(), response.body());
        }
        if (response.status() >= 200) {
            same(response.method() + response.branch() + response.status(), response);
        }
        String fromTag = response.from().tag();
        String toTag = response.to().tag();
        boolean initial = toTag == null
                || world.keys.parse(toTag).filter(leg -> leg.leg() == 0).isPresent();
        if (initial && fromTag != null && response.method().equals("INVITE") && response.cseq() == 1) {
            String call = world.keys.callId(response.callId(), fromTag, response.cseq());
            if (!world.calls.placed(call)) {
                broken(PLACED_FIRST, text + " before anything was stored");
            }
        }
    }

    /** RFC 3264 §8: another description has a higher version; the same may come again. */
    private void described(String dialog, String sdp) {
        for (String line : sdp.lines().toList()) {
            if (!line.startsWith("o=")) {
                continue;
            }
            long version = Long.parseLong(line.split(" ", -1)[2]);
            String before = descriptions.putIfAbsent(dialog + " " + version, sdp);
            long newest = newestDescription.merge(dialog, version, Math::max);
            if (before != null && !before.equals(sdp)) {
                broken(SDP_VERSION, "two descriptions with version " + version);
            } else if (before == null && version < newest) {
                broken(SDP_VERSION, "new description " + version + " after " + newest);
            }
        }
    }

    /** When nothing happens any more. */
    void finish(Scenario scenario, boolean quiet, Weather weather) {
        if (!quiet) {
            broken(NOBODY_HANGS, "still busy after an hour");
        }
        phones(scenario);
        String end = end();
        boolean storm = weather.loss() > 0 && scenario.stormEnds().contains(end);
        if (!scenario.ends().contains(end) && !storm) {
            broken(SAME_END, end);
        }
        records(scenario, weather);
        media(weather);
        if (!world.slots.isEmpty()) {
            broken(SLOTS_RELEASED, world.slots.toString());
        }
        for (SimulatedCall call : world.calls.list()) {
            if (!call.gone() || !call.openAtFinish().isEmpty()) {
                broken(FINISHED, call.gone() ? "finished owing " + call.openAtFinish() : "still " + call.phase());
            }
            if (scenario.plain() && call.writes() > 4) {
                broken(FOUR_WRITES, call.writes() + " writes");
            }
        }
    }

    private void phones(Scenario scenario) {
        for (SimulatedPhone phone : world.phones.values()) {
            if (!phone.idle()) {
                broken(NOBODY_HANGS, "phone " + phone.end() + " is not idle");
            }
            for (String complaint : phone.complaints) {
                boolean reissued = complaint.startsWith("481 to BYE") && world.crashes() > 0;
                if (!reissued && !scenario.excuses().contains(complaint)) {
                    broken(NOBODY_HANGS, "phone " + phone.number + ": " + complaint);
                }
            }
            if (phone.rings > 1) {
                broken(RINGS_ONCE, "phone " + phone.number + " rang " + phone.rings + " times");
            }
        }
    }

    /** As scenarios write it: every phone's end, then the record. */
    String end() {
        String phones = String.join(
                ", ", world.phones.values().stream().map(SimulatedPhone::end).toList());
        String records = String.join(
                " & ",
                world.records.stream()
                        .map(record -> record.sipCause() + " " + record.endedBy() + " "
                                + (record.connected().isEmpty() ? "-" : record.connected()) + " "
                                + (record.answerAt() == null ? "unanswered" : "answered"))
                        .distinct()
                        .toList());
        return phones + " | " + records;
    }

    private void records(Scenario scenario, Weather weather) {
        if (world.records.size() != 1) {
            broken(ONE_RECORD, world.records.size() + " records");
            return;
        }
        CallRecord record = world.records.getFirst();
        if (!record.caller().equals("100") || !record.called().equals(scenario.dialled())) {
            broken(TRUE_RECORD, record.caller() + " called " + record.called());
        }
        if (record.answerAt() == null) {
            return;
        }
        Duration tolerance = Duration.ofMillis(300).plus(world.downtime());
        tolerance = tolerance.plus(world.crashes() > 0 ? Duration.ofMillis(4500) : Duration.ZERO);
        tolerance = tolerance.plus(weather.loss() > 0 ? Duration.ofSeconds(10) : Duration.ZERO);
        // Of an end that nobody saw, only the last proof of life is known.
        tolerance = tolerance.plus(record.estimated() ? Duration.ofSeconds(1) : Duration.ZERO);
        Duration said = Duration.ofMillis(record.durationMs());
        var talks = new ArrayList<Duration>();
        for (SimulatedPhone phone : world.phones.values()) {
            phone.dialogs.forEach(dialog -> dialog.talked().ifPresent(talks::add));
        }
        for (Duration talk : talks) {
            if (said.minus(talk).abs().compareTo(tolerance) <= 0) {
                return;
            }
        }
        broken(TRUE_RECORD, "duration " + said + ", phones talked " + talks);
    }

    private void media(Weather weather) {
        // Without its ACK there is no description of a caller that offered none.
        boolean mayBeUnknown = weather.loss() > 0 && Scenarios.caller(world).delayedOffer;
        world.media.sessions().forEach((id, session) -> {
            if (!session.released) {
                broken(MEDIA_RELEASED, id + " still holds ports");
            }
            MediaPlan plan = session.plan;
            boolean answered =
                    world.records.stream().anyMatch(record -> record.answerAt() != null && record.durationMs() > 1000);
            if (answered && !mayBeUnknown && (plan == null || plan.caller() == null || plan.callee() == null)) {
                broken(MEDIA_PLAN, "last plan is " + Objects.toString(plan));
            }
        });
    }
}
