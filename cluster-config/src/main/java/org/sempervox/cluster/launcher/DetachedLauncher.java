package org.sempervox.cluster.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a launcher as a process of its own, shows its steps and leaves it behind. */
public final class DetachedLauncher {
    /** Last step of a start. */
    public static final String READY = "ready";

    private static final long POLL_MS = 50;

    private DetachedLauncher() {}

    /** 0 when all nodes serve, else the launcher's exit code after it has said why. */
    public static int start(WorkFolder work, List<String> arguments, PrintStream out)
            throws IOException, InterruptedException {
        Files.createDirectories(work.path());
        File log = work.launcherLog().toFile();
        long from = log.length();
        Process launcher = new ProcessBuilder(JavaCommand.launcher(arguments))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        try (var reader = new RandomAccessFile(log, "r")) {
            reader.seek(from);
            var line = new StringBuilder();
            while (true) {
                boolean ended = launcher.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
                if (copy(reader, line, out)) {
                    return 0;
                }
                if (ended) {
                    return launcher.exitValue() == 0 ? 1 : launcher.exitValue();
                }
            }
        }
    }

    /** Copies complete lines; true after the last step of the start. */
    private static boolean copy(RandomAccessFile reader, StringBuilder line, PrintStream out) throws IOException {
        var bytes = new byte[(int) (reader.length() - reader.getFilePointer())];
        reader.readFully(bytes);
        line.append(new String(bytes, StandardCharsets.UTF_8));
        for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
            String text = line.substring(0, end);
            line.delete(0, end + 1);
            out.println(text);
            if (text.endsWith("s  " + READY)) {
                return true;
            }
        }
        return false;
    }
}
