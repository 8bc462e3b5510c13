package org.sempervox.sip.edge;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.fence.OutputFence;
import org.sempervox.core.sip.Flow;
import org.sempervox.sip.codec.Encoder;
import org.sempervox.sip.stack.Sent;

/** What calls want sent: encoded, repeated until answered, and refused if a newer take-over of the call has spoken (S21). Thread-safe. */
public final class EdgeOutput {
    private static final int REMEMBERED_CALLS = 65_536;

    private final ClientTransactions.Wire wire;
    private final CallDirectory calls;
    private final OutputFence fence;
    private final InstantSource clock;
    private final MessageTrace trace;
    private final ClientTransactions transactions;
    private final LongAdder outdated = new LongAdder();
    private final Map<String, Long> epochs = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_CALLS;
        }
    };

    /** {@code nanos}: a clock like {@link System#nanoTime}, for retransmissions. */
    public EdgeOutput(
            ClientTransactions.Wire wire,
            CallDirectory calls,
            OutputFence fence,
            InstantSource clock,
            LongSupplier nanos,
            MessageTrace trace) {
        this.wire = wire;
        this.calls = calls;
        this.fence = fence;
        this.clock = clock;
        this.trace = trace;
        this.transactions = new ClientTransactions(wire, this::failed, nanos);
    }

    /** Sends it, unless a higher epoch of its call was seen. Never blocks. */
    public void send(Outbound message) {
        if (!current(message)) {
            outdated.increment();
            return;
        }
        switch (message) {
            case Outbound.Request request -> {
                byte[] data = Encoder.encode(request.request());
                note(request, request.request().callId(), data);
                transactions.send(request, data);
            }
            case Outbound.Response response -> {
                byte[] data = Encoder.encode(response.response());
                note(response, response.response().callId(), data);
                wire.send(response.flow(), data);
            }
        }
    }

    /** A response of the edge itself. */
    Sent sendOwn(Flow flow, String sipCallId, byte[] data) {
        trace.note(clock.instant(), true, flow, "", sipCallId, data);
        return wire.send(flow, data);
    }

    void response(String branch, String method, int status) {
        transactions.response(branch, method, status);
    }

    /** Retransmissions and time-outs; every 20 ms. With the fence closed nothing is due: whatever was owed is another node's. */
    public void tick() {
        if (fence.open()) {
            transactions.tick();
        }
    }

    public void forget(Set<Integer> services) {
        transactions.forget(services);
    }

    public Map<String, Object> figures() {
        return Map.of("transactions", transactions.size(), "outdated", outdated.sum());
    }

    private boolean current(Outbound message) {
        synchronized (epochs) {
            long seen = Optional.ofNullable(epochs.get(message.call())).orElse(Long.MIN_VALUE);
            if (message.epoch() < seen) {
                return false;
            }
            epochs.put(message.call(), message.epoch());
            return true;
        }
    }

    private void note(Outbound message, String sipCallId, byte[] data) {
        trace.note(clock.instant(), true, message.flow(), message.call(), sipCallId, data);
    }

    private void failed(Outbound.Request request, int status) {
        calls.deliver(
                request.call(),
                new CallCommand.ReportTransactionFailure(
                        clock.instant(),
                        request.leg(),
                        request.request().method(),
                        request.request().cseq(),
                        status));
    }
}
