package org.sempervox.cluster.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.fence.OutputFence;

/** An address device in a process of its own, told what to do by lines: {@code own}, {@code none}, {@code fence}, {@code lease}, {@code guard}, {@code close}. */
public final class AddressDeviceMain {
    private static final long LEASE = TimeUnit.MILLISECONDS.toNanos(600);

    static final String HOST = "10.77.0.11";

    private static final ServiceAddress ADDRESS = new ServiceAddress(0, HOST, 5060, 10_000, 20_000, "n1");

    private AddressDeviceMain() {}

    /** Nobody else claims anything. */
    private static final class Alone implements Claims {
        @Override
        public void claim(long hosts) {}

        @Override
        public long elsewhere() {
            return 0;
        }

        @Override
        public boolean answered() {
            return true;
        }
    }

    /** From the order {@code lease} on: closed for ever once nobody has asked for a while, as in a process that stood still. */
    private static boolean renewed(AtomicLong lease) {
        long last = lease.get();
        long now = System.nanoTime();
        boolean open = last == 0 || now - last < LEASE;
        if (last != 0 && open) {
            lease.compareAndSet(last, now);
        }
        return open;
    }

    public static void main(String[] arguments) throws IOException {
        var fence = new AtomicBoolean(true);
        var lease = new AtomicLong();
        OutputFence both = () -> fence.get() && renewed(lease);
        try (var device = AddressDevice.open(arguments[0], new AddressPlan(List.of(ADDRESS)), both, new Alone());
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("open");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long start = System.nanoTime();
                switch (line) {
                    case "own" -> device.own(List.of(ADDRESS));
                    case "none" -> device.own(List.of());
                    case "fence" -> fence.set(!fence.get());
                    case "lease" -> lease.set(System.nanoTime());
                    default -> {
                        // a question
                    }
                }
                System.out.println(line + " " + (System.nanoTime() - start) / 1000 + " us, guard " + device.guardPid());
            }
        } catch (Unusable e) {
            System.out.println(e.found() + " | " + e.expected());
        }
    }
}
