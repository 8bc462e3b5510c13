package org.sempervox.cluster.directory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.sempervox.core.extension.ExtensionEntity;

/**
 * After a stop of the whole cluster no node knows any binding (S25): wakes the extensions that no node has published yet, a few per
 * second, because an extension publishes when it wakes up. Runs on every core node; what one wakes, the others then know.
 */
public final class ExtensionWaker {
    enum Message {
        NEXT
    }

    private ExtensionWaker() {}

    /**
     * Starts it, after {@link ExtensionEntity#init} and {@link ReplicatedDirectory#load}. A call to one that still sleeps wakes it at once.
     *
     * @param extensions numbers of all that ever stored something
     * @param perSecond 1–1000
     */
    public static void start(
            ActorSystem<?> system, List<String> extensions, ReplicatedDirectory directory, int perSecond) {
        var sharding = ClusterSharding.get(system);
        Consumer<String> wake =
                number -> sharding.entityRefFor(ExtensionEntity.TYPE, number).tell(new ExtensionEntity.Wake());
        directory.stored(extensions, wake);
        system.systemActorOf(
                create(
                        extensions,
                        directory::asleep,
                        wake,
                        Duration.ofSeconds(1).dividedBy(perSecond)),
                "extensionWaker",
                Props.empty());
    }

    static Behavior<Message> create(
            List<String> numbers, Predicate<String> asleep, Consumer<String> wake, Duration pause) {
        Deque<String> left = new ArrayDeque<>(numbers);
        return Behaviors.<Message>withTimers(timers -> {
            timers.startTimerWithFixedDelay(Message.NEXT, pause);
            return Behaviors.receiveMessage(next -> {
                String number = left.poll();
                while (number != null && !asleep.test(number)) {
                    number = left.poll();
                }
                if (number == null) {
                    return Behaviors.stopped();
                }
                wake.accept(number);
                return Behaviors.same();
            });
        });
    }
}
