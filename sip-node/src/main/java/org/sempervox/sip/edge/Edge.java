package org.sempervox.sip.edge;

import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.call.CallKeys.LegId;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipStatus;
import org.sempervox.core.sip.SipUri;
import org.sempervox.sip.auth.DigestAuthenticator;
import org.sempervox.sip.auth.TokenBuckets;
import org.sempervox.sip.codec.Decoded;
import org.sempervox.sip.codec.Decoder;
import org.sempervox.sip.codec.Encoder;
import org.sempervox.sip.registrar.Registrations;
import org.sempervox.sip.stack.Receiver;

/**
 * From packets to calls, without a state of its own: tags name the call and the leg (S11, S13), an initial INVITE's identifiers name its
 * call (S10), so any node can take any message. Called from receive threads; never blocks.
 *
 * <pre>
 * response               From-tag ours → call          else dropped
 * request with To-tag    To-tag ours → call            else 481 (ACK: nothing)
 * CANCEL                 the call by S10
 * request without        {@link Admission}, digest, then a new call, the registrar, or an answer from here
 * </pre>
 */
public final class Edge implements Receiver {
    private static final int REMEMBERED_CALLS = 16_384;
    private static final Map<String, String> RETRY_SOON = Map.of("retry-after", "2");
    private static final Map<String, String> RETRY_LATER = Map.of("retry-after", "5");
    /** Wait for the store, however long: their senders repeat them, and a refusal would end what they are about. */
    private static final Set<String> PATIENT = Set.of("ACK", "BYE", "CANCEL");

    private final Parts parts;
    private final Answers answers;
    private final Admission admission;
    private final Map<String, LongAdder> figures = new java.util.concurrent.ConcurrentHashMap<>();
    /** Calls whose INVITE went to them from here, and re-INVITEs: what is repeated of them is theirs to answer. */
    private final Set<String> placedHere = remembered();

    private final Set<String> offeredHere = remembered();
    /** INVITEs that were put off from here, by call and branch: a copy that comes when calls are taken again would ring as a ghost. */
    private final Set<String> putOffHere = remembered();

    /**
     * What an edge works with.
     *
     * @param answerLimit stateless answers per source host
     * @param malformedLimit answers to malformed input per source host
     * @param cancelLimit CANCELs of calls that were not placed through this node, per source host
     */
    public record Parts(
            CallKeys keys,
            CallDirectory calls,
            DigestAuthenticator authenticator,
            Registrations registrations,
            EdgeOutput output,
            MessageTrace trace,
            Readiness readiness,
            InstantSource clock,
            TokenBuckets answerLimit,
            TokenBuckets malformedLimit,
            TokenBuckets cancelLimit) {}

    private static Set<String> remembered() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED_CALLS;
            }
        }));
    }

    /** {@code extensions}: option tags that a request may require, in lower case. */
    public Edge(Parts parts, org.sempervox.core.address.AddressPlan plan, Set<String> extensions) {
        this.parts = parts;
        this.answers = new Answers(parts.keys());
        this.admission = new Admission(plan, extensions);
    }

    @Override
    public void received(Flow from, byte[] data) {
        switch (Decoder.decode(data, from)) {
            case Decoded.KeepAlive() -> count("keep-alive");
            case Decoded.Malformed malformed -> refuseMalformed(malformed, from);
            case Decoded.Response(SipResponse response) -> take(response, from, data);
            case Decoded.Request request -> takeOrFail(request, from, data);
        }
    }

    /** Messages by kind and refusals by status, since the node started. */
    public Map<String, Long> figures() {
        var sums = new java.util.TreeMap<String, Long>();
        figures.forEach((name, sum) -> sums.put(name, sum.sum()));
        return sums;
    }

    private void refuseMalformed(Decoded.Malformed malformed, Flow from) {
        count("malformed");
        if (malformed.echo().isEmpty() || !parts.malformedLimit().take(from.host())) {
            return;
        }
        String tag = answers.tag(String.join("\n", malformed.echo()));
        parts.output().sendOwn(from, "", Encoder.badRequest(malformed.echo(), tag));
    }

    private void take(SipResponse response, Flow from, byte[] data) {
        Optional<LegId> leg = ours(response.from().tag());
        if (leg.isEmpty()) {
            count("foreign-response");
            return;
        }
        note(from, leg.get().call(), response.callId(), data);
        parts.output().response(response.branch(), response.method(), response.status());
        count("response");
        deliver(
                leg.get().call(),
                new CallCommand.ReportResponse(
                        parts.clock().instant(), leg.get().leg(), response, from));
    }

    /** Every request gets an answer, whatever breaks behind. */
    private void takeOrFail(Decoded.Request decoded, Flow from, byte[] data) {
        count("request");
        try {
            take(decoded, from, data);
        } catch (RuntimeException e) {
            refuse(decoded.request(), from, SipStatus.SERVER_INTERNAL_ERROR, Map.of());
            throw e;
        }
    }

    private void take(Decoded.Request decoded, Flow from, byte[] data) {
        SipRequest request = decoded.request();
        String fromTag = request.from().tag();
        String toTag = request.to().tag();
        String call = fromTag == null ? "" : parts.keys().callId(request.callId(), fromTag, request.cseq());
        if (toTag != null) {
            inDialog(request, from, data, toTag, call);
            return;
        }
        note(from, call, request.callId(), data);
        if (fromTag == null) {
            refuse(request, from, SipStatus.BAD_REQUEST, Map.of());
            return;
        }
        switch (request.method()) {
            case "ACK" -> count("absorbed-ack");
            case "CANCEL" -> cancel(request, from, call);
            default -> admit(decoded, from, call);
        }
    }

    private void inDialog(SipRequest request, Flow from, byte[] data, String toTag, String initial) {
        Optional<LegId> leg = ours(toTag);
        note(from, leg.map(LegId::call).orElse(""), request.callId(), data);
        if (leg.isEmpty()) {
            refuse(request, from, SipStatus.CALL_DOES_NOT_EXIST, Map.of());
        } else if (request.method().equals("CANCEL") && leg.get().call().equals(initial)) {
            cancel(request, from, initial);
        } else if (tooEarly(request, leg.get())) {
            refuse(request, from, SipStatus.SERVER_INTERNAL_ERROR, RETRY_LATER);
        } else {
            deliver(
                    leg.get().call(),
                    new CallCommand.ReportRequest(
                            parts.clock().instant(), leg.get().leg(), request, from));
        }
    }

    /** While nothing can be stored a new request inside a dialog is put off (S28); a repeated one is not: the first one waits there. */
    private boolean tooEarly(SipRequest request, LegId leg) {
        if (PATIENT.contains(request.method())) {
            return false;
        }
        String name = leg.call() + "/" + leg.leg() + "/" + request.cseq();
        if (parts.readiness().stores()) {
            offeredHere.add(name);
            return false;
        }
        return !offeredHere.contains(name);
    }

    /**
     * Answered by the call once its end is stored (docs/decisions/0003): an answer from here would end the caller's repetitions and lose
     * the CANCEL with the node. A stranger's costs one bounded delivery, which wakes nothing (S11).
     */
    private void cancel(SipRequest request, Flow from, String call) {
        if (!placedHere.contains(call) && !parts.cancelLimit().take(from.host())) {
            count("cancel-over-limit");
            return;
        }
        deliver(call, new CallCommand.ReportCancel(parts.clock().instant(), request, from));
    }

    private void admit(Decoded.Request decoded, Flow from, String call) {
        SipRequest request = decoded.request();
        Optional<Admission.Refusal> refusal = admission.check(request);
        if (refusal.isPresent()) {
            refuse(request, from, refusal.get().status(), refusal.get().headers());
            return;
        }
        switch (request.method()) {
            case "OPTIONS" -> options(request, from);
            case "REGISTER" -> {
                String user = authenticated(decoded, from, SipStatus.UNAUTHORIZED);
                if (!user.isEmpty()
                        && sameUser(request, from, user, request.to().user())) {
                    register(decoded, from, user);
                }
            }
            default -> invite(decoded, from, call);
        }
    }

    private void options(SipRequest request, Flow from) {
        if (limited(from)) {
            return;
        }
        answer(request, from, SipStatus.OK, Map.of("allow", Admission.ALLOW, "accept", "application/sdp"));
    }

    private void invite(Decoded.Request decoded, Flow from, String call) {
        SipRequest request = decoded.request();
        Map<String, String> later = putOff(call);
        String name = call + "/" + request.branch();
        if (!later.isEmpty() || putOffHere.contains(name)) {
            count("refused-" + SipStatus.SERVICE_UNAVAILABLE);
            if (!limited(from)) {
                putOffHere.add(name);
                answer(request, from, SipStatus.SERVICE_UNAVAILABLE, later.isEmpty() ? RETRY_SOON : later);
            }
            return;
        }
        String user = authenticated(decoded, from, SipStatus.PROXY_AUTHENTICATION_REQUIRED);
        if (user.isEmpty() || !sameUser(request, from, user, user)) {
            return;
        }
        placedHere.add(call);
        deliver(
                call,
                new CallCommand.PlaceCall(parts.clock().instant(), request, from, user, SipUri.user(request.uri())));
    }

    /** When to come again, as a header; empty if calls are taken now. */
    private Map<String, String> putOff(String call) {
        if (!parts.readiness().takesCalls()) {
            return RETRY_SOON;
        }
        return parts.readiness().stores() || placedHere.contains(call) ? Map.of() : RETRY_LATER;
    }

    /** From, and for REGISTER also To, must be who authenticated: else 403 (RFC 3261 §10.3 step 4, §22.1). */
    private boolean sameUser(SipRequest request, Flow from, String user, String to) {
        boolean same = request.from().user().equals(user) && to.equals(user);
        if (!same) {
            refuse(request, from, SipStatus.FORBIDDEN, Map.of());
        }
        return same;
    }

    /** The user; empty if the request was answered or dropped here. */
    private String authenticated(Decoded.Request decoded, Flow from, int challengeStatus) {
        SipRequest request = decoded.request();
        var name = request.callId() + " " + request.cseq() + " " + request.method() + " " + request.branch();
        var verdict = parts.authenticator()
                .check(new DigestAuthenticator.Attempt(
                        decoded.credentials(), request.method(), request.uri(), name, from.host()));
        switch (verdict) {
            case DigestAuthenticator.Verdict.Granted(String user) -> {
                return user;
            }
            case DigestAuthenticator.Verdict.Challenge(List<String> values) ->
                challenge(request, from, challengeStatus, values);
            case DigestAuthenticator.Verdict.Refused() -> refuse(request, from, SipStatus.FORBIDDEN, Map.of());
            case DigestAuthenticator.Verdict.Ignored() -> count("auth-over-limit");
        }
        return "";
    }

    private void challenge(SipRequest request, Flow from, int status, List<String> values) {
        count("challenge");
        if (limited(from)) {
            return;
        }
        String header = status == SipStatus.UNAUTHORIZED ? "WWW-Authenticate: " : "Proxy-Authenticate: ";
        SipResponse response = answers.answer(request, status, Map.of());
        List<String> lines = values.stream().map(value -> header + value).toList();
        parts.output().sendOwn(from, request.callId(), Encoder.encode(response, lines));
    }

    private void register(Decoded.Request decoded, Flow from, String user) {
        SipRequest request = decoded.request();
        var _ = parts.registrations()
                .register(request, decoded.contacts(), from, user)
                .thenAccept(reply -> answer(request, from, reply.status(), reply.headers()));
    }

    private void refuse(SipRequest request, Flow from, int status, Map<String, String> headers) {
        if (request.method().equals("ACK")) {
            return;
        }
        count("refused-" + status);
        if (!limited(from)) {
            answer(request, from, status, headers);
        }
    }

    private boolean limited(Flow from) {
        boolean limited = !parts.answerLimit().take(from.host());
        if (limited) {
            count("answer-over-limit");
        }
        return limited;
    }

    private void answer(SipRequest request, Flow from, int status, Map<String, String> headers) {
        SipResponse response = answers.answer(request, status, headers);
        parts.output().sendOwn(from, request.callId(), Encoder.encode(response));
    }

    private void deliver(String call, CallCommand command) {
        parts.calls().deliver(call, command);
    }

    private Optional<LegId> ours(@org.jspecify.annotations.Nullable String tag) {
        return tag == null ? Optional.empty() : parts.keys().parse(tag);
    }

    private void note(Flow from, String call, String sipCallId, byte[] data) {
        parts.trace().note(parts.clock().instant(), false, from, call, sipCallId, data);
    }

    private void count(String what) {
        figures.computeIfAbsent(what, key -> new LongAdder()).increment();
    }
}
