package org.sempervox.chaos.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One command each through the machine of a call: decide, evolve, due. */
@State(Scope.Benchmark)
public class CallDecisions {
    private final SampleCall call = new SampleCall();

    /** Gives the event {@code call.placed}, 100 to the caller and INVITE to the called phone. */
    @Benchmark
    public Object placed() {
        return call.turn(call.preparing, call.prepared);
    }

    /** Gives {@code call.answered}, ACK to the called phone, 200 to the caller and the media plan. */
    @Benchmark
    public Object answered() {
        return call.turn(call.ringing, call.answered);
    }
}
