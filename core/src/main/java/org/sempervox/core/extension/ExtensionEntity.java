package org.sempervox.core.extension;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.sempervox.core.fence.OutputFence;

/**
 * Shell around {@link ExtensionMachine}: stores its events, publishes changed bindings to every node, then answers; no rules here.
 * Not remembered (S24): sleeps after two idle minutes and publishes what is stored whenever it wakes up.
 */
public final class ExtensionEntity
        extends EventSourcedBehavior<ExtensionEntity.Message, ExtensionEvent, ExtensionState> {
    public static final EntityTypeKey<Message> TYPE = EntityTypeKey.create(Message.class, "Extension");
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int EVENTS_PER_SNAPSHOT = 50;
    private static final int SNAPSHOTS_KEPT = 2;

    /** What other nodes may send. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@m")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Register.class, name = "register"),
        @JsonSubTypes.Type(value = Reserve.class, name = "reserve"),
        @JsonSubTypes.Type(value = Release.class, name = "release"),
        @JsonSubTypes.Type(value = Wake.class, name = "wake"),
        @JsonSubTypes.Type(value = Idle.class, name = "idle"),
        @JsonSubTypes.Type(value = Sleep.class, name = "sleep")
    })
    public sealed interface Message {}

    public record Register(RegisterRequest request, ActorRef<ExtensionReply> replyTo) implements Message {}

    public record Reserve(String call, int limit, ActorRef<ExtensionReply> replyTo) implements Message {}

    public record Release(String call, ActorRef<ExtensionReply> replyTo) implements Message {}

    /** Does nothing: being awake is enough to publish the bindings. */
    public record Wake() implements Message {}

    record Idle() implements Message {}

    record Sleep() implements Message {}

    /**
     * What every extension of a node needs.
     *
     * @param clock reads the wall clock
     */
    public record Surroundings(BindingPublisher publisher, OutputFence fence, InstantSource clock) {}

    private final ActorContext<Message> context;
    private final String number;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;
    private ExtensionMemory memory = ExtensionMemory.EMPTY;
    private List<PublishedBinding> published = List.of();
    private boolean told;
    private CompletionStage<Void> publishing = CompletableFuture.completedFuture(null);

    private ExtensionEntity(
            ActorContext<Message> context,
            String number,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings around) {
        super(
                PersistenceId.of(TYPE.name(), number),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(1), 0.1));
        this.context = context;
        this.number = number;
        this.shard = shard;
        this.around = around;
    }

    static Behavior<Message> create(String number, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        return Behaviors.setup(context -> {
            context.setReceiveTimeout(IDLE, new Idle());
            return new ExtensionEntity(context, number, shard, around);
        });
    }

    /** Starts the extensions' shards on a node with role {@code core}, on others the way to them. */
    public static void init(ActorSystem<?> system, Surroundings around) {
        var settings = ClusterShardingSettings.create(system).withRole("core").withRememberEntities(false);
        ClusterSharding.get(system)
                .init(Entity.of(TYPE, entity -> create(entity.getEntityId(), entity.getShard(), around))
                        .withSettings(settings)
                        .withStopMessage(new Sleep()));
    }

    @Override
    public ExtensionState emptyState() {
        return ExtensionState.EMPTY;
    }

    @Override
    public CommandHandler<Message, ExtensionEvent, ExtensionState> commandHandler() {
        return (state, message) -> switch (message) {
            case Register(var request, var replyTo) ->
                carryOut(state, new ExtensionCommand.Register(around.clock().instant(), request), replyTo);
            case Reserve(var call, int limit, var replyTo) ->
                carryOut(state, new ExtensionCommand.ReserveSlot(around.clock().instant(), call, limit), replyTo);
            case Release(var call, var replyTo) ->
                carryOut(state, new ExtensionCommand.ReleaseSlot(around.clock().instant(), call), replyTo);
            case Wake() -> Effect().none().thenRun(this::publishOnce);
            case Idle() ->
                Effect().none().thenRun(() -> shard.tell(new ClusterSharding.Passivate<>(context.getSelf())));
            case Sleep() -> Effect().none().thenStop();
        };
    }

    private Effect<ExtensionEvent, ExtensionState> carryOut(
            ExtensionState state, ExtensionCommand command, ActorRef<ExtensionReply> replyTo) {
        if (!around.fence().open()) {
            return Effect().none();
        }
        var decision = ExtensionMachine.decide(state, memory, command);
        return Effect().persist(decision.events()).thenRun(next -> {
            memory = decision.memory();
            if (around.fence().open()) {
                publishIfChanged(next);
                answer(decision.reply(), replyTo);
            }
        });
    }

    /** A registration is answered only after it is known to the nodes; so is its repetition. */
    private void answer(ExtensionReply reply, ActorRef<ExtensionReply> replyTo) {
        switch (reply) {
            case ExtensionReply.Registered registered ->
                publishing.whenComplete((done, failure) -> {
                    if (around.fence().open()) {
                        replyTo.tell(registered);
                    }
                });
            case ExtensionReply.Slot slot -> replyTo.tell(slot);
        }
    }

    private void publishIfChanged(ExtensionState state) {
        if (!state.published().equals(published)) {
            publish(state);
        }
    }

    private void publishOnce(ExtensionState state) {
        if (!told && around.fence().open()) {
            publish(state);
        }
    }

    private void publish(ExtensionState state) {
        told = true;
        published = state.published();
        publishing = around.publisher().publish(number, lastSequenceNumber(context), published);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, SNAPSHOTS_KEPT)
                .withDeleteEventsOnSnapshot();
    }

    @Override
    public EventHandler<ExtensionState, ExtensionEvent> eventHandler() {
        return ExtensionMachine::evolve;
    }

    @Override
    public SignalHandler<ExtensionState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> {
                    // Also that there are none: whoever calls it waits for its word after a stop of the whole cluster.
                    if (lastSequenceNumber(context) > 0) {
                        publishOnce(state);
                    }
                })
                .build();
    }
}
