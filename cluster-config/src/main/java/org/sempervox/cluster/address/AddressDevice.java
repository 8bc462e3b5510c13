package org.sempervox.cluster.address;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sempervox.cluster.address.AddressMessages.Found;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.fence.OutputFence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network device that has the service addresses that its node owns, and only while the node may speak (S15, S21). A thread of its own
 * looks every 20 ms: whether the fence has closed, whether another node has let an address go, whether an announcement is due, and, every
 * second, whether the device still has what it should. The {@link Guard} stands in for a node that is dead or frozen.
 */
public final class AddressDevice implements LocalAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(AddressDevice.class);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long GUARD_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int TICKS_PER_SIGN = 5;
    private static final int TICKS_PER_CHECK = 50;

    private final String name;
    private final MovingHosts hosts;
    private final Device device;
    private final OutputFence fence;
    private final Claims claims;
    private final Announcements announcements = new Announcements();
    private final Thread thread;
    private Guard guard;
    private long owned;
    private long held;
    private long claimed;
    private long guardSince = System.nanoTime() - GUARD_EVERY;
    private boolean failing;
    private boolean closed;

    private AddressDevice(
            String name, MovingHosts hosts, Device device, Guard guard, OutputFence fence, Claims claims) {
        this.name = name;
        this.hosts = hosts;
        this.device = device;
        this.guard = guard;
        this.fence = fence;
        this.claims = claims;
        this.thread = Thread.ofPlatform().daemon().name("address-device").unstarted(this::run);
    }

    /** Opens it, takes off what an earlier life of the node has left there, and starts the guard. Blocks up to 5 s. */
    public static AddressDevice open(String name, AddressPlan plan, OutputFence fence, Claims claims) throws Unusable {
        Device device = Device.open(name);
        try {
            MovingHosts hosts = MovingHosts.of(plan);
            Guard guard = guard(name);
            takeOffLeftovers(device, name, hosts);
            var opened = new AddressDevice(name, hosts, device, guard, fence, claims);
            opened.thread.start();
            return opened;
        } catch (Unusable | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    private static Guard guard(String name) throws Unusable {
        try {
            Guard guard = Guard.start(name);
            String problem = guard.problem();
            if (problem != null) {
                guard.close();
                throw new Unusable(name, "its guard does not work: " + problem, Unusable.RIGHTS + ", bash and ip");
            }
            return guard;
        } catch (IOException e) {
            throw new Unusable(name, "its guard cannot be started: " + e.getMessage(), "/bin/bash", e);
        }
    }

    /** One that somebody else has configured would be on two machines as soon as another node owns it. */
    private static void takeOffLeftovers(Device device, String name, MovingHosts hosts) throws Unusable {
        try {
            for (Found found : device.list()) {
                if (!device.own(found)) {
                    if (hosts.hosts().contains(found.host())) {
                        throw new Unusable(
                                name,
                                found.host().getHostAddress() + "/" + found.prefix() + " is on this machine already",
                                "service addresses that nobody but the nodes puts on a device");
                    }
                } else if (device.remove(found.host())) {
                    LOG.info("{} was left on {}: taken off", found.host().getHostAddress(), name);
                }
            }
            // There is nothing left to take off: this shows whether it would be permitted.
            for (Inet4Address host : hosts.hosts()) {
                device.remove(host);
            }
        } catch (IOException e) {
            throw new Unusable(name, String.valueOf(e.getMessage()), Unusable.RIGHTS, e);
        }
    }

    @Override
    public synchronized boolean own(List<ServiceAddress> addresses) {
        owned = hosts.bits(addresses);
        step();
        return held == owned || closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            owned = 0;
            step();
            closed = true;
            guard.close();
            device.close();
        }
        LockSupport.unpark(thread);
    }

    /** Process id of the guard that is at work; for tests and the log. */
    synchronized long guardPid() {
        return guard.pid();
    }

    private void run() {
        for (int tick = 0; goesOn(tick); tick++) {
            LockSupport.parkNanos(TICK);
        }
    }

    private boolean goesOn(int tick) {
        try {
            return tick(tick);
        } catch (RuntimeException e) {
            LOG.error("{}: a look at it failed", name, e);
            return true;
        }
    }

    private synchronized boolean tick(int tick) {
        if (closed) {
            return false;
        }
        if (tick % TICKS_PER_SIGN == 0 && !guard.sign()) {
            replaceGuard(System.nanoTime());
        }
        if (tick % TICKS_PER_CHECK == 0) {
            check();
        }
        step();
        if (fence.open()) {
            announcements.due(hosts.of(held), System.nanoTime()).forEach(this::announce);
        }
        return true;
    }

    /** The device and {@link #claims} follow what is owned; no other node may speak with an address before it has left the device. */
    private void step() {
        if (closed) {
            return;
        }
        hosts.of(next().remove()).forEach(this::remove);
        DeviceStep step = next();
        if (step.claim() != claimed) {
            claimed = step.claim();
            claims.claim(claimed);
            step = next();
        }
        hosts.of(step.add()).forEach(this::add);
    }

    private DeviceStep next() {
        // In this order: an answer that comes in between must not vouch for what was read before it.
        boolean answered = claims.answered();
        return DeviceStep.of(fence.open() ? owned : 0, held, claimed, claims.elsewhere(), answered);
    }

    private void add(Inet4Address host) {
        try {
            if (!device.add(host)) {
                LOG.error("{} is on {} already, by somebody else: it will stay there", host.getHostAddress(), name);
            }
            held |= bit(host);
            failing = false;
            announcements.came(host, System.nanoTime());
            announce(host);
            LOG.info("{} is on {}", host.getHostAddress(), name);
        } catch (IOException e) {
            failed("added to", host, e);
        }
    }

    private void remove(Inet4Address host) {
        announcements.left(host);
        try {
            device.remove(host);
            held &= ~bit(host);
            failing = false;
            LOG.info("{} has left {}", host.getHostAddress(), name);
        } catch (IOException e) {
            failed("taken off", host, e);
        }
    }

    /** Once for a row of failures: it is tried again every 20 ms. */
    private void failed(String what, Inet4Address host, IOException problem) {
        if (!failing) {
            failing = true;
            LOG.error("{} cannot be {} {}: {}", host.getHostAddress(), what, name, problem.getMessage());
        }
    }

    private void announce(Inet4Address host) {
        try {
            device.announce(host);
        } catch (IOException e) {
            LOG.warn("{} cannot be announced on {}: {}", host.getHostAddress(), name, e.getMessage());
        }
    }

    /** What has gone from the device without this node, by a guard that held it for frozen or by hand, is added again by the next step. */
    private void check() {
        try {
            device.refresh();
            long there = 0;
            for (Found found : device.list()) {
                there |= hosts.hosts().contains(found.host()) ? bit(found.host()) : 0;
            }
            long gone = held & ~there;
            hosts.of(gone).forEach(host -> LOG.warn("{} has gone from {}", host.getHostAddress(), name));
            held &= there;
        } catch (IOException | Unusable e) {
            LOG.warn("{} cannot be read: {}", name, e.getMessage());
        }
    }

    /** At once, but not more often than every second. */
    private void replaceGuard(long now) {
        if (now - guardSince < GUARD_EVERY) {
            return;
        }
        guardSince = now;
        LOG.warn("the guard of {} (pid {}) has ended or does not answer: another one starts", name, guard.pid());
        guard.kill();
        try {
            guard = Guard.start(name);
            LOG.info("guard of {}: pid {}", name, guard.pid());
        } catch (IOException e) {
            LOG.error("no guard of {}: {}", name, e.getMessage());
        }
        check();
    }

    private long bit(Inet4Address host) {
        return 1L << hosts.hosts().indexOf(host);
    }
}
