package org.sempervox.chaos.sipp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Registers phones with digest; their calls go to one port of their host. */
public final class Registering {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration EXPIRES = Duration.ofMinutes(10);
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
        return begin(sipp, label, at, file, count, contactPort, rate, EXPIRES);
    }

    private static SippRun begin(
            Sipp sipp,
            String label,
            InetSocketAddress at,
            Path file,
            int count,
            int contactPort,
            double rate,
            Duration expires)
            throws IOException {
        return sipp.load(
                label,
                Scenario.REGISTER,
                at,
                file,
                count,
                rate,
                List.of(
                        "-key",
                        "contact_port",
                        Integer.toString(contactPort),
                        "-key",
                        "expires",
                        Long.toString(expires.toSeconds())));
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
        Path file = Numbers.registrations(sipp.folder().resolve(label + ".inf"), numbers);
        all(sipp, label, at, file, numbers.size(), contactPort, rate, EXPIRES);
    }

    /** The same for phones of any numbers and passwords. */
    public static void allOf(
            Sipp sipp,
            String label,
            InetSocketAddress at,
            List<Credentials> phones,
            int contactPort,
            double rate,
            Duration expires)
            throws IOException, InterruptedException {
        Path file = Numbers.registrationsOf(sipp.folder().resolve(label + ".inf"), phones);
        all(sipp, label, at, file, phones.size(), contactPort, rate, expires);
    }

    private static void all(
            Sipp sipp,
            String label,
            InetSocketAddress at,
            Path file,
            int count,
            int contactPort,
            double rate,
            Duration expires)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (SippRun run = begin(sipp, label, at, file, count, contactPort, rate, expires)) {
                Statistics result = run.await(limit(count, rate));
                if (result.successful() == count) {
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw new IOException(result.successful() + " of " + count + " phones could register at " + at
                            + ": " + run.lastWords());
                }
            }
        }
    }
}
