package org.sempervox.chaos.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.sip.codec.Decoded;
import org.sempervox.sip.codec.Decoder;
import org.sempervox.sip.codec.Encoder;

/** Packets to values and back. */
@State(Scope.Benchmark)
public class SipText {
    private final byte[] inviteBytes = Messages.INVITE.clone();
    private final byte[] okBytes = Messages.OK.clone();
    private final byte[] byeBytes = Messages.BYE.clone();
    private final SipRequest invite = Messages.request(Messages.INVITE);
    private final SipResponse ok = Messages.response(Messages.OK);
    private final SipRequest bye = Messages.request(Messages.BYE);

    @Benchmark
    public Decoded decodeInvite() {
        return Decoder.decode(inviteBytes, Messages.CALLER);
    }

    @Benchmark
    public Decoded decodeOk() {
        return Decoder.decode(okBytes, Messages.CALLEE);
    }

    @Benchmark
    public Decoded decodeBye() {
        return Decoder.decode(byeBytes, Messages.CALLER);
    }

    @Benchmark
    public byte[] encodeInvite() {
        return Encoder.encode(invite);
    }

    @Benchmark
    public byte[] encodeOk() {
        return Encoder.encode(ok);
    }

    @Benchmark
    public byte[] encodeBye() {
        return Encoder.encode(bye);
    }
}
