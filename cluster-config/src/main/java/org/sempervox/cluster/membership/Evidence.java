package org.sempervox.cluster.membership;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;

/**
 * What this node has seen of one peer, and whether that proves its death (S23). Proof is only: this incarnation had answered here before,
 * and now the liveness port <em>and</em> the cluster port refuse, or the liveness port answers with another incarnation. A time-out, no
 * route or anything else proves nothing. Not thread-safe.
 */
final class Evidence {
    /** Outcome of a connection attempt. */
    sealed interface Probe {
        record Answered(long uid) implements Probe {}

        record Refused() implements Probe {}

        record Unclear() implements Probe {}
    }

    private final long uid;
    private boolean met;
    private Probe liveness = new Probe.Unclear();
    private Probe cluster = new Probe.Unclear();

    Evidence(long uid) {
        this.uid = uid;
    }

    /** Outcome at the liveness port; an answer clears what the cluster port said. */
    void liveness(Probe probe) {
        liveness = probe;
        cluster = new Probe.Unclear();
        if (probe instanceof Probe.Answered(long answered) && answered == uid) {
            met = true;
        }
    }

    void cluster(Probe probe) {
        cluster = probe;
    }

    /** Whether it is worth trying the cluster port too. */
    boolean suspicious() {
        return met && liveness instanceof Probe.Refused;
    }

    Optional<String> proofOfDeath() {
        if (!met) {
            return Optional.empty();
        }
        return switch (liveness) {
            case Probe.Answered(long answered)
            when answered != uid -> Optional.of("another incarnation answers at its address");
            case Probe.Refused() when cluster instanceof Probe.Refused -> Optional.of("both its ports refuse");
            case Probe.Answered(var _), Probe.Refused(), Probe.Unclear() -> Optional.empty();
        };
    }

    /** Java's ConnectException also means time-out and unreachable network: only the kernel's refusal counts. */
    static Probe of(IOException failure) {
        return failure instanceof ConnectException
                        && String.valueOf(failure.getMessage()).contains("Connection refused")
                ? new Probe.Refused()
                : new Probe.Unclear();
    }
}
