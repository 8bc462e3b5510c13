package org.sempervox.cluster.directory;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.sempervox.core.call.CallSlots;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.ExtensionReply;

/** Asks the extension's entity, wherever it is; a failed stage means that the outcome is not known, and asking again is safe. */
public final class ShardedCallSlots implements CallSlots {
    private final ClusterSharding sharding;

    /** After {@link ExtensionEntity#init}. */
    public ShardedCallSlots(ActorSystem<?> system) {
        this.sharding = ClusterSharding.get(system);
    }

    @Override
    public CompletionStage<Boolean> reserve(String extension, String call, int limit) {
        return ask(extension, replyTo -> new ExtensionEntity.Reserve(call, limit, replyTo));
    }

    @Override
    public CompletionStage<Void> release(String extension, String call) {
        return ask(extension, replyTo -> new ExtensionEntity.Release(call, replyTo))
                .thenAccept(done -> {});
    }

    private CompletionStage<Boolean> ask(
            String extension, Function<ActorRef<ExtensionReply>, ExtensionEntity.Message> message) {
        return sharding.entityRefFor(ExtensionEntity.TYPE, extension)
                .<ExtensionReply>ask(message::apply, ShardedRegistrar.TIMEOUT)
                .thenApply(reply -> switch (reply) {
                    case ExtensionReply.Slot(boolean granted) -> granted;
                    case ExtensionReply.Registered registered ->
                        throw new IllegalStateException("unexpected " + registered);
                });
    }
}
