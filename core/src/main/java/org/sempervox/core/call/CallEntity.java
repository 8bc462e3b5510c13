package org.sempervox.core.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Shell around {@link CallMachine}: stores its events, then brings its effects about. No rules here.
 *
 * <p>Remembered by its shard and never passivated for idleness (S24): it ends itself with {@link CallEffect.Finish}. While the
 * {@linkplain org.sempervox.core.fence.OutputFence fence} is closed it takes no command, so that a node that may have been replaced stores
 * and sends nothing (S21).
 */
public final class CallEntity extends EventSourcedBehavior<CallEntity.Message, CallEvent, CallState> {
    /** Entity type; persistence ids are {@code Call|<id>}. */
    public static final EntityTypeKey<Message> TYPE = EntityTypeKey.create(Message.class, "Call");

    /** An INVITE that led to nothing: no repetition of it can come after 64·T1. */
    private static final Duration IDLE = Duration.ofSeconds(40);

    private final ActorContext<Message> actor;
    private final TimerScheduler<Message> timers;
    private final CallContext context;
    private final CallMachine machine;
    private final CallPorts ports;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final EffectRunner runner;
    private final Instant started;
    private CallMemory memory = CallMemory.fresh();
    private Instant wake = Instant.MAX;
    private boolean finished;

    /** What the entity is sent. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@m")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Do.class, name = "do"),
        @JsonSubTypes.Type(value = Stop.class, name = "stop")
    })
    public sealed interface Message {}

    public record Do(CallCommand command) implements Message {}

    /** From its shard: hand over to another node. */
    public record Stop() implements Message {}

    /** Something that was brought about failed; it is asked for again. */
    record Failed(String reason) implements Message {}

    /** Its own timer; never leaves the node. */
    record Wake() implements Message {}

    private CallEntity(
            ActorContext<Message> actor,
            TimerScheduler<Message> timers,
            CallContext context,
            CallPorts ports,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Instant started) {
        super(
                PersistenceId.of(TYPE.name(), context.id()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(1), 0.2));
        this.actor = actor;
        this.timers = timers;
        this.context = context;
        this.machine = new CallMachine(context);
        this.ports = ports;
        this.shard = shard;
        this.started = started;
        this.runner = new EffectRunner(actor, context, ports);
    }

    public static Behavior<Message> create(
            CallContext context, CallPorts ports, ActorRef<ClusterSharding.ShardCommand> shard) {
        // Before the supervisor: it stays what it is when the store fails and the entity is started again.
        Instant started =
                CallMemory.proving(ports.clock().instant(), ports.outage().get());
        return Behaviors.setup(
                actor -> Behaviors.withTimers(timers -> new CallEntity(actor, timers, context, ports, shard, started)));
    }

    @Override
    public String journalPluginId() {
        return setting("journal");
    }

    @Override
    public String snapshotPluginId() {
        return setting("snapshots");
    }

    private String setting(String key) {
        return actor.getSystem().settings().config().getString("sempervox.call." + key);
    }

    @Override
    public CallState emptyState() {
        return new CallState.Idle();
    }

    @Override
    public CommandHandler<Message, CallEvent, CallState> commandHandler() {
        return (state, message) -> switch (message) {
            case Do(var command) -> received(state, command);
            case Wake _ when state instanceof CallState.Idle -> finish();
            case Wake _ ->
                ports.fence().open()
                        ? carryOut(
                                state,
                                new CallCommand.ReachDeadline(ports.clock().instant()))
                        : again();
            case Failed(var reason) -> {
                actor.getLog().warn("call {}: {}", context.id(), reason);
                yield Effect().none();
            }
            case Stop _ -> handOver(state);
        };
    }

    @Override
    public EventHandler<CallState, CallEvent> eventHandler() {
        return machine::evolve;
    }

    @Override
    public SignalHandler<CallState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::resume)
                .onSignal(PostStop.instance(), _ -> ports.live().remove(context.id(), actor.getSelf()))
                .build();
    }

    private Effect<CallEvent, CallState> received(CallState state, CallCommand command) {
        if (!ports.fence().open()) {
            return again();
        }
        if (command instanceof CallCommand.ReportMedia media && runner.leased(media.report())) {
            return Effect().none();
        }
        return carryOut(state, command);
    }

    private Effect<CallEvent, CallState> carryOut(CallState state, CallCommand command) {
        Decision decision = machine.decide(state, memory, command);
        memory = decision.memory();
        if (!decision.events().isEmpty()) {
            return Effect().persist(decision.events()).thenRun(stored -> settle(stored, decision.effects()));
        }
        if (decision.effects().stream().anyMatch(CallEffect.Finish.class::isInstance)) {
            settle(state, decision.effects());
            return finish();
        }
        settle(state, decision.effects());
        return Effect().none();
    }

    /** Peers repeat what the closed fence keeps out; our own timer does not. */
    private Effect<CallEvent, CallState> again() {
        timers.startSingleTimer("wake", new Wake(), Duration.ofMillis(100));
        return Effect().none();
    }

    private Effect<CallEvent, CallState> handOver(CallState state) {
        return finished || state instanceof CallState.Idle || !ports.fence().open()
                ? Effect().stop()
                : Effect()
                        .persist(machine.settle(memory, ports.clock().instant()))
                        .thenStop();
    }

    private void resume(CallState state) {
        boolean idle = state instanceof CallState.Idle;
        memory = idle ? CallMemory.fresh() : machine.takeOver(state, started);
        wake = Instant.MAX;
        settle(state, List.of());
        if (!idle) {
            // By a message: what it leads to is stored, which a signal cannot.
            ports.aliveAt()
                    .ifPresent(aliveAt -> actor.getSelf()
                            .tell(new Do(
                                    new CallCommand.ReportRestart(ports.clock().instant(), aliveAt))));
        }
    }

    private void settle(CallState state, List<CallEffect> decided) {
        if (!ports.fence().open()) {
            again();
            return;
        }
        Instant now = ports.clock().instant();
        decided.forEach(runner::run);
        machine.due(state, memory, now, next -> memory = next).forEach(runner::run);
        arm(state, now);
        ports.live().put(context.id(), new LiveCalls.Entry(actor.getSelf(), state, open(state, memory)));
    }

    private Supplier<List<String>> open(CallState state, CallMemory known) {
        return () -> machine.open(state, known, ports.clock().instant());
    }

    /** Ends for good: the shard forgets the entity before it stops it. */
    private Effect<CallEvent, CallState> finish() {
        finished = true;
        timers.cancelAll();
        ports.live().remove(context.id(), actor.getSelf());
        shard.tell(new ClusterSharding.Passivate<>(actor.getSelf()));
        return Effect().none();
    }

    private void arm(CallState state, Instant now) {
        Instant next = state instanceof CallState.Idle
                ? now.plus(IDLE)
                : machine.wake(state, memory).orElse(Instant.MAX);
        if (next.equals(wake) && next.isAfter(now)) {
            return;
        }
        wake = next;
        if (next.equals(Instant.MAX)) {
            timers.cancel("wake");
            return;
        }
        Duration pause = Duration.between(now, next);
        // A deadline that stays in the past because something else is awaited is asked about again, not at once.
        boolean passed = pause.isNegative() || pause.isZero();
        timers.startSingleTimer("wake", new Wake(), passed ? Duration.ofSeconds(1) : pause);
    }
}
