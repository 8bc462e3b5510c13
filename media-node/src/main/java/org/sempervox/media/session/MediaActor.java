package org.sempervox.media.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaCommand;
import org.sempervox.core.media.MediaReport;
import org.sempervox.media.relay.RelayEngine;
import org.sempervox.media.relay.RelayFacts;
import org.sempervox.media.relay.RelayKey;

/**
 * The actor {@code /user/media} of a node: {@link MediaCommand} from everywhere, {@link Local} from the node itself. A shell over
 * {@link SessionTable}; no packet passes through it.
 */
public final class MediaActor {
    private static final Duration TICK = Duration.ofMillis(250);
    /** Fact numbers are seconds since then: an int for 68 years. */
    private static final Instant NUMBERS_SINCE = Instant.parse("2025-01-01T00:00:00Z");

    /** Messages within the node; never serialized. */
    public sealed interface Local {
        /** The nodes that serve from now on. */
        record Serving(Set<String> nodes) implements Local {}

        /** Completed when nothing is relayed here any more. */
        record WhenIdle(CompletableFuture<Done> done) implements Local {}

        record Silent(RelayKey key, Duration silence) implements Local {}

        enum Tick implements Local {
            INSTANCE
        }
    }

    private final AddressPlan plan;
    private final String self;
    private final RelayEngine engine;
    private final SessionTable<ActorRef<MediaReport>> table;
    private final MediaBoard board;
    private final Runnable deaf;
    private final List<CompletableFuture<Done>> waitingForIdle = new ArrayList<>();

    private MediaActor(
            AddressPlan plan, String self, Duration handOver, RelayEngine engine, MediaBoard board, Runnable deaf) {
        this.plan = plan;
        this.self = self;
        this.engine = engine;
        this.board = board;
        this.deaf = deaf;
        this.table = new SessionTable<>(
                plan,
                new EngineRelays(engine),
                ActorRef::tell,
                () -> ThreadLocalRandom.current().nextInt(),
                handOver);
    }

    /**
     * Its behaviour; understands {@link MediaCommand} and {@link Local} and nothing else.
     *
     * @param self name of this node
     * @param handOver how long sessions of a lost address are relayed on
     * @param engines makes the engine, which the actor closes when it stops
     * @param board where it publishes its figures
     * @param deaf ends the process: its relay does not work any more, and another node can have its calls
     */
    public static Behavior<Object> create(
            AddressPlan plan,
            String self,
            Duration handOver,
            Function<RelayFacts, RelayEngine> engines,
            MediaBoard board,
            Runnable deaf) {
        return Behaviors.setup((ActorContext<Object> context) -> Behaviors.withTimers(timers -> {
            ActorRef<Object> me = context.getSelf();
            RelayEngine engine = engines.apply((key, silence) -> me.tell(new Local.Silent(key, silence)));
            var actor = new MediaActor(plan, self, handOver, engine, board, deaf);
            timers.startTimerWithFixedDelay(Local.Tick.INSTANCE, TICK);
            // A bug in one command must not close the sockets of all calls.
            return Behaviors.supervise(actor.behavior()).onFailure(RuntimeException.class, SupervisorStrategy.resume());
        }));
    }

    private Behavior<Object> behavior() {
        return Behaviors.receive(Object.class)
                .onMessage(MediaCommand.class, this::command)
                .onMessage(Local.class, this::local)
                .onSignal(PostStop.class, this::stopped)
                .build();
    }

    private Behavior<Object> command(MediaCommand command) {
        long now = System.nanoTime();
        switch (command) {
            case MediaCommand.Lease(var session, int service, var replyTo) ->
                table.lease(session, service, replyTo, now);
            case MediaCommand.Declare(var declared, var replyTo) -> table.declare(declared, replyTo, now);
            case MediaCommand.Release(var session, int service, var replyTo) ->
                table.release(session, service, replyTo, now);
            case MediaCommand.Renew(var sessions) -> table.renew(sessions, now);
            case MediaCommand.Acknowledge(var session, int number) -> table.acknowledge(session, number);
        }
        return Behaviors.same();
    }

    private Behavior<Object> local(Local message) {
        long now = System.nanoTime();
        switch (message) {
            case Local.Serving(var nodes) -> table.own(owned(nodes), now);
            case Local.Silent(var key, var silence) -> table.silent(key, silence, numberNow(), now);
            case Local.WhenIdle(var done) -> waitingForIdle.add(done);
            case Local.Tick.INSTANCE -> {
                if (!engine.answers()) {
                    deaf.run();
                }
                table.tick(now);
                board.publish(
                        new MediaFigures(engine.transportName(), table.figures(), engine.relayed(), engine.drops()));
            }
        }
        if (!waitingForIdle.isEmpty() && table.relaying() == 0) {
            waitingForIdle.forEach(each -> each.complete(Done.getInstance()));
            waitingForIdle.clear();
        }
        return Behaviors.same();
    }

    private Behavior<Object> stopped(PostStop signal) {
        engine.close();
        return Behaviors.same();
    }

    private Set<Integer> owned(Set<String> serving) {
        var owned = new HashSet<Integer>();
        for (ServiceAddress address : plan.ownedBy(self, serving)) {
            owned.add(address.index());
        }
        return owned;
    }

    private static int numberNow() {
        return (int) Duration.between(NUMBERS_SINCE, Instant.now()).toSeconds();
    }
}
