package org.sempervox.chaos.bench.micro;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sempervox.core.call.CallKeys;

/** What is derived from the cluster's key: an HMAC-SHA256 each. */
@State(Scope.Benchmark)
public class Names {
    private final CallKeys keys = new CallKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private final String sipCallId = "3c26700a5b7e-qz0x1vkw@192.0.2.1";
    private final String call = keys.callId(sipCallId, "8f3a1c22", 2);
    private final String ownTag = keys.tag(call, 1);

    @Benchmark
    public String callId() {
        return keys.callId(sipCallId, "8f3a1c22", 2);
    }

    @Benchmark
    public String tag() {
        return keys.tag(call, 1);
    }

    @Benchmark
    public Optional<CallKeys.LegId> parseTag() {
        return keys.parse(ownTag);
    }

    @Benchmark
    public String branch() {
        return keys.branch(call, 1, "INVITE", 1);
    }
}
