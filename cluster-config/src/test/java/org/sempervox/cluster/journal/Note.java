package org.sempervox.cluster.journal;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** Stores each text that it is told and then says so; the smallest entity. */
final class Note extends EventSourcedBehavior<String, String, String> {
    private final ActorRef<String> effects;
    private final boolean call;

    private Note(String id, ActorRef<String> effects, boolean call) {
        super(
                PersistenceId.ofUniqueId(id),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(50), Duration.ofMillis(200), 0.1));
        this.effects = effects;
        this.call = call;
    }

    static Behavior<String> call(String id, ActorRef<String> effects) {
        return new Note(id, effects, true);
    }

    /** A snapshot every third event. */
    static Behavior<String> longLived(String id, ActorRef<String> effects) {
        return new Note(id, effects, false);
    }

    @Override
    public String journalPluginId() {
        return call ? "sempervox.journal.calls" : "";
    }

    @Override
    public String snapshotPluginId() {
        return call ? "pekko.persistence.no-snapshot-store" : "";
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return call
                ? RetentionCriteria.disabled()
                : RetentionCriteria.snapshotEvery(3, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public String emptyState() {
        return "";
    }

    @Override
    public CommandHandler<String, String, String> commandHandler() {
        return (_, text) -> Effect().persist(text).thenRun(stored -> effects.tell("stored [" + stored + "]"));
    }

    @Override
    public EventHandler<String, String> eventHandler() {
        return (state, text) -> state.isEmpty() ? text : state + ", " + text;
    }

    @Override
    public SignalHandler<String> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> effects.tell("recovered [" + state + "]"))
                .build();
    }
}
