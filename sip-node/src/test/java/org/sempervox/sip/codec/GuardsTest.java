package org.sempervox.sip.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.sempervox.core.sip.Flow;

class GuardsTest {
    private static final Flow SOURCE = Flow.udp(0, "192.0.2.9", 5070);

    private static String options(String from, String more) {
        return "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: " + from
                + "\r\nTo: <sip:a@b>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n" + more + "\r\n";
    }

    private static String why(String text) {
        Decoded decoded = Decoder.decode(text.getBytes(StandardCharsets.UTF_8), SOURCE);
        return decoded instanceof Decoded.Malformed malformed ? malformed.why() : "";
    }

    @Test
    void limitsAreKept() {
        assertThat(why(options("<sip:a@b>;tag=1", ""))).isEmpty();
        assertThat(why(options("<sip:a@b>;tag=1", "X: y\r\n".repeat(120)))).isEmpty();
        assertThat(why(options("<sip:a@b>;tag=1", "X: y\r\n".repeat(129)))).isEqualTo("too many headers");
        assertThat(why(options("<sip:" + "a".repeat(5000) + "@b>;tag=1", ""))).isEqualTo("line too long");
        assertThat(why(options("<sip:a@b>" + "\r\n ;a=b".repeat(1000), ""))).isEqualTo("line too long");
        assertThat(why(options("<sip:a@b>;tag=1", "X: y\r\n".repeat(11_000)))).isEqualTo("too large");
        assertThat(why(options("<".repeat(500) + "sip:a@b" + ">".repeat(500), "")))
                .isEqualTo("nested or listed too deep");
        assertThat(why(options("<sip:a@b" + ";a".repeat(1500) + ">", ""))).isEqualTo("nested or listed too deep");
        assertThat(why(options("\"a <sip:a@b>;tag=1", ""))).isEqualTo("unclosed quote or bracket");
        assertThat(why(options("<sip:a\0@b>;tag=1", ""))).isEqualTo("control character");
    }

    /**
     * The vendor's parser takes any number of parameters, in time that grows with the square of their number (15,000 in a packet of
     * 30 kB took it 0.7 s). The guards refuse such a packet unseen.
     */
    @Test
    void vendorTakesWhatTheGuardsRefuse() {
        SilentVendorLog.install();
        String hostile = options("<sip:a@b" + ";a".repeat(4000) + ">;tag=1", "");
        assertThatCode(() -> new StringMsgParser()
                        .parseSIPMessage(hostile.getBytes(StandardCharsets.UTF_8), true, false, null))
                .doesNotThrowAnyException();
        assertThat(why(hostile)).isEqualTo("line too long");
    }

    /** The worst packets that pass the guards stay cheap, and none of them overflows a small stack. */
    @Test
    void worstGuardedInputIsCheap() throws Exception {
        String packet = options(
                "<sip:a@b" + ";a".repeat(180) + ">;tag=1",
                ("Route: " + "<sip:a>,".repeat(190) + "<sip:b>\r\n").repeat(20)
                        + ("Via: SIP/2.0/UDP a" + ";b=c".repeat(190) + "\r\n").repeat(20));
        var failure = new java.util.concurrent.atomic.AtomicReference<Throwable>();
        Thread small = new Thread(null, () -> why(packet), "small stack", 256 * 1024);
        small.setUncaughtExceptionHandler((thread, problem) -> failure.set(problem));
        small.start();
        assertThat(small.join(Duration.ofSeconds(20))).isTrue();
        assertThat(failure.get()).isNull();
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> why(packet));
    }
}
