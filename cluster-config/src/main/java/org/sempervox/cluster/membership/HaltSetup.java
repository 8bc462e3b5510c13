package org.sempervox.cluster.membership;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;

/** How a node stops that may have been replaced. Part of the actor system's set-up only where several nodes share one process. */
public final class HaltSetup extends Setup {
    /** Exit code of a node that silenced itself; its supervisor starts it again. */
    public static final int EXIT_FENCED = 75;

    private static final Duration LAST_WORDS = Duration.ofMillis(20);

    private final Consumer<String> halt;

    public HaltSetup(Consumer<String> halt) {
        this.halt = halt;
    }

    void halt(String why) {
        halt.accept(why);
    }

    /** Ends the process without hooks; what it says must not delay that. */
    static void haltProcess(String why) {
        Thread words = Thread.ofPlatform()
                .daemon()
                .unstarted(() -> System.err.println("halted: " + why + "; the others may have taken over"));
        try {
            words.start();
            words.join(LAST_WORDS);
        } catch (InterruptedException | OutOfMemoryError e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_FENCED);
        }
    }
}
