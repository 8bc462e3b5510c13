package org.sempervox.media;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Actors with a well-known path {@code /user/<name>}, by which other nodes reach them without a look-up. */
final class NamedActors {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private NamedActors() {}

    /** Starts one: directly if the system lets its user, else through its guardian, which must then speak {@link SpawnProtocol}. */
    static <T> CompletionStage<ActorRef<T>> spawn(ActorSystem<?> system, Behavior<T> behavior, String name) {
        try {
            return CompletableFuture.completedFuture(Adapter.spawn(Adapter.toClassic(system), behavior, name));
        } catch (UnsupportedOperationException guardianIsTyped) {
            ActorRef<SpawnProtocol.Command> guardian = system.unsafeUpcast();
            return AskPattern.ask(
                    guardian,
                    replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
                    PATIENCE,
                    system.scheduler());
        }
    }
}
