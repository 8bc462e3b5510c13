package org.sempervox.cluster.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.SettingsProblem;

/** One node in the foreground of its process, until it is told to stop or has to. */
public final class NodeMain {
    /** The node ended by itself: downed by the others or unable to go on. */
    private static final int EXIT_ENDED = 75;

    /** As the verbs' exit code for bad usage or configuration. */
    private static final int EXIT_SETTINGS = 2;

    /** Its sockets or loops do not answer any more. */
    private static final int EXIT_DEAF = 70;

    private NodeMain() {}

    /** Ends the process at once: a part of the node hears nothing any more, and another node can have its calls. */
    public static void endDeaf() {
        Runtime.getRuntime().halt(EXIT_DEAF);
    }

    /** Runs until the process ends; SIGTERM and SIGINT drain and end it with 0. */
    public static int run(Path config, Optional<String> name, Node.Join join) {
        NodeFile file = NodeFile.read(config, name);
        var stopping = new AtomicBoolean();
        try {
            Node node = Node.start(file, join);
            node.onTermination(() -> {
                stopping.set(true);
                node.drain();
                Runtime.getRuntime().halt(0);
            });
            System.out.println(file.node().name() + " is ready");
            node.ended().get();
        } catch (IOException | ExecutionException | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            if (!stopping.get()) {
                boolean settings = cause instanceof SettingsProblem;
                System.err.println(
                        file.node().name() + " cannot run: " + (settings ? cause.getMessage() : cause.toString()));
                Runtime.getRuntime().halt(settings ? EXIT_SETTINGS : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!stopping.get()) {
            System.err.println(file.node().name() + " was taken out of the cluster");
            Runtime.getRuntime().halt(EXIT_ENDED);
        }
        awaitHalt();
        return 0;
    }

    /** The hook ends the process; returning first would race it to another exit code. */
    private static void awaitHalt() {
        while (!Thread.currentThread().isInterrupted()) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }
}
