package org.sempervox.cluster.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.ExtensionReply;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.extension.Registrar;

/** Asks the extension's entity, wherever it is; an extension without settings wakes none (S11). */
public final class ShardedRegistrar implements Registrar {
    static final Duration TIMEOUT = Duration.ofSeconds(8);
    private final ClusterSharding sharding;
    private final Function<String, Optional<ExtensionSettings>> settings;

    /** After {@link ExtensionEntity#init}. */
    public ShardedRegistrar(ActorSystem<?> system, Function<String, Optional<ExtensionSettings>> settings) {
        this.sharding = ClusterSharding.get(system);
        this.settings = settings;
    }

    @Override
    public CompletionStage<RegisterReply> register(RegisterRequest request) {
        if (settings.apply(request.extension()).isEmpty()) {
            return CompletableFuture.completedFuture(new RegisterReply(404, List.of(), 0));
        }
        return sharding.entityRefFor(ExtensionEntity.TYPE, request.extension())
                .<ExtensionReply>ask(replyTo -> new ExtensionEntity.Register(request, replyTo), TIMEOUT)
                .thenApply(reply -> switch (reply) {
                    case ExtensionReply.Registered(var answer) -> answer;
                    case ExtensionReply.Slot slot -> throw new IllegalStateException("unexpected " + slot);
                });
    }
}
