package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** The build under test, but one stored event has one more, optional field: {@code call.answered}, which a newer node never leaves empty. */
final class NewerBuild {
    static final String EVENT = "call.answered";
    static final String FIELD = "addedLater";

    private static final String SOURCE = "org/sempervox/core/call/CallEvent.java";
    private static final String HEAD = "record Answered(";
    private static final String LAST = "@Nullable Instant ringAt)\n            implements CallEvent {}";
    private static final String NEW_LAST = """
            @Nullable Instant ringAt,
            @Nullable String addedLater)
            implements CallEvent {
        Answered(
                Instant at,
                String node,
                int leg,
                @Nullable String remoteTag,
                @Nullable NameAddr contact,
                List<NameAddr> recordRoute,
                String answer,
                @Nullable Instant ringAt) {
            this(at, node, leg, remoteTag, contact, recordRoute, answer, ringAt, "by " + node);
        }
    }""";

    private NewerBuild() {}

    /** Makes it in that folder, as {@code rolling-restart --to} takes it: the changed classes go before the same ones of this process. */
    static void in(Path folder) throws IOException {
        String text =
                Files.readString(Path.of("..", "core", "src", "main", "java").resolve(SOURCE));
        int record = text.indexOf(HEAD);
        int last = text.indexOf(LAST, record);
        assertThat(record).as("the event in %s", SOURCE).isPositive();
        assertThat(text.indexOf("implements CallEvent", record))
                .as("the last field of the event in %s", SOURCE)
                .isEqualTo(last + LAST.indexOf("implements CallEvent"));
        Path source = folder.resolve("source").resolve(SOURCE);
        Files.createDirectories(source.getParent());
        Files.writeString(source, text.substring(0, last) + NEW_LAST + text.substring(last + LAST.length()));
        String classPath = System.getProperty("java.class.path");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        List.of(
                                        "-proc:none",
                                        "-parameters",
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        classPath,
                                        source.toString())
                                .toArray(String[]::new));
        assertThat(exit).as("exit code of the compiler").isZero();
        Files.writeString(folder.resolve("classpath"), "classes:" + classPath + "\n");
    }
}
