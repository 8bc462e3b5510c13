package org.sempervox.sip;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.cluster.store.StoreHealth;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallDirectory;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipTrace;
import org.sempervox.sip.auth.DigestAuthenticator;
import org.sempervox.sip.auth.TokenBuckets;
import org.sempervox.sip.edge.Edge;
import org.sempervox.sip.edge.EdgeActor;
import org.sempervox.sip.edge.EdgeOutput;
import org.sempervox.sip.edge.MessageTrace;
import org.sempervox.sip.edge.Readiness;
import org.sempervox.sip.registrar.Registrations;
import org.sempervox.sip.stack.UdpTransport;
import org.sempervox.sip.stack.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running sip part of a node: transport, edge and their timers, following the ownership of addresses (S16). */
final class SipNode implements NodeRole.Running {
    private static final Logger LOG = LoggerFactory.getLogger(SipNode.class);
    private static final int TICK_MILLIS = 20;
    /** How long a drain waits for other nodes to take the addresses before the sockets are closed anyway. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final NodeContext context;
    private final ScheduledThreadPoolExecutor timer;
    private final UdpTransport transport;
    private final EdgeOutput output;
    private final Edge edge;
    private volatile boolean closed;

    private SipNode(NodeContext context) {
        this.context = context;
        this.timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("sip-timer").unstarted(task));
        SipSettings settings = SipSettings.of(context.settings().whole());
        var trace = new MessageTrace(settings.tracedMessages());
        context.parts().offer(SipTrace.class, trace);
        CallDirectory calls = context.parts().need(CallDirectory.class);
        this.transport = new UdpTransport(
                context.fence(), this::received, this::later, context.settings().handOver());
        this.output = new EdgeOutput(
                transport::send, calls, context.fence(), InstantSource.system(), System::nanoTime, trace);
        this.edge = edge(settings, calls, trace);
    }

    /** {@code halt} ends the process when the node is deaf. */
    static SipNode start(NodeContext context, Runnable halt) {
        var node = new SipNode(context);
        var _ = Adapter.spawn(Adapter.toClassic(context.system()), EdgeActor.behavior(node.output), EdgeActor.NAME);
        context.ownership().subscribe(node::serve);
        var watchdog = new Watchdog(node.transport, context.fence(), halt);
        node.every(Duration.ofMillis(TICK_MILLIS), node.output::tick);
        node.every(Duration.ofSeconds(1), watchdog::tick);
        return node;
    }

    @Override
    public CompletionStage<Void> drain() {
        var drained = new CompletableFuture<Void>();
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        drainStep(drained, end);
        return drained;
    }

    @Override
    public Map<String, Object> status() {
        var status = new LinkedHashMap<String, Object>();
        status.put(
                "addresses",
                transport.serving().stream().map(ServiceAddress::sentBy).toList());
        status.put("packets", transport.counters().figures());
        status.put("messages", edge.figures());
        status.putAll(output.figures());
        return status;
    }

    private Edge edge(SipSettings settings, CallDirectory calls, MessageTrace trace) {
        var authenticator = new DigestAuthenticator(
                context.settings().realm(),
                context.parts().need(Credentials.class),
                context.keys(),
                InstantSource.system(),
                limit(settings.failuresOfUser(), 10, settings),
                limit(settings.failures(), 4, settings));
        var parts = new Edge.Parts(
                context.keys(),
                calls,
                authenticator,
                new Registrations(context.parts().need(Registrar.class), Registrations.PATIENCE),
                output,
                trace,
                readiness(),
                InstantSource.system(),
                limit(settings.answers(), 2, settings),
                limit(settings.malformed(), 2, settings),
                limit(settings.cancels(), 2, settings));
        return new Edge(parts, context.ownership().plan(), settings.supported());
    }

    /** No packet comes before an address is owned, and none is owned before everything is built. */
    private void received(Flow from, byte[] data) {
        edge.received(from, data);
    }

    private void later(Duration delay, Runnable action) {
        var _ = timer.schedule(guarded(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static TokenBuckets limit(double perSecond, double seconds, SipSettings settings) {
        return new TokenBuckets(perSecond, Math.max(1, perSecond * seconds), settings.sources(), System::nanoTime);
    }

    private Readiness readiness() {
        StoreHealth store = context.parts().need(StoreHealth.class);
        return new Readiness() {
            @Override
            public boolean takesCalls() {
                return SipNode.this.takesCalls();
            }

            @Override
            public boolean stores() {
                return store.answers();
            }
        };
    }

    /**
     * While this node drains, another one serves and its shards take new calls; a 503 in those milliseconds would lose them for
     * nothing. With no node left to serve, a caller is told at once.
     */
    private boolean takesCalls() {
        return !context.ownership().serving().isEmpty();
    }

    /** Runs on the ownership's thread: binding is a system call, closing comes later. */
    private void serve(Set<String> serving) {
        if (closed) {
            return;
        }
        var ownership = context.ownership();
        output.forget(transport.own(ownership.plan().ownedBy(ownership.self(), serving)));
    }

    /** The addresses leave by a change of ownership; what is left at the limit is closed. */
    private void drainStep(CompletableFuture<Void> drained, long end) {
        if (transport.idle() || System.nanoTime() - end >= 0) {
            closed = true;
            transport.close();
            timer.shutdown();
            drained.complete(null);
            return;
        }
        later(Duration.ofMillis(TICK_MILLIS), () -> drainStep(drained, end));
    }

    private void every(Duration interval, Runnable action) {
        var _ = timer.scheduleAtFixedRate(
                guarded(action), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A periodic action that throws would never run again. */
    private static Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("a timer action failed", e);
            }
        };
    }
}
