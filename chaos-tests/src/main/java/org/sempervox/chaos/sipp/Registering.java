package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Registers phones with digest; their calls go to one port of 127.0.0.1. */
public final class Registering {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int ATTEMPTS = 3;

    private Registering() {}

    /** Begins so many registrations, the numbers in turn. */
    public static SippRun begin(
            Sipp sipp,
            String label,
            InetSocketAddress at,
            List<Integer> numbers,
            int count,
            int contactPort,
            double rate)
            throws IOException {
        Path file = Numbers.registrations(sipp.folder().resolve(label + ".inf"), numbers);
        return sipp.load(
                label,
                Scenario.REGISTER,
                at,
                file,
                count,
                rate,
                List.of("-key", "contact_port", Integer.toString(contactPort)));
    }

    /** How long all of them may take. */
    public static Duration limit(int count, double rate) {
        return PATIENCE.plusSeconds((long) (count / rate));
    }

    /**
     * Registers each at least once. A node that has just started may not keep up with the rate, so all are tried again if some failed; if
     * that does not help it is an IOException.
     */
    public static void all(
            Sipp sipp, String label, InetSocketAddress at, List<Integer> numbers, int contactPort, double rate)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (SippRun run = begin(sipp, label, at, numbers, numbers.size(), contactPort, rate)) {
                Statistics result = run.await(limit(numbers.size(), rate));
                if (result.successful() == numbers.size()) {
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException(result.successful() + " of " + numbers.size() + " phones could register at "
                            + at + ": " + run.lastWords());
                }
            }
        }
    }
}
