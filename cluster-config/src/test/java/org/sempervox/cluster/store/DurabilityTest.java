package org.sempervox.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;

/** S2, S29: what a node was told is stored is there after the store's process was killed. */
class DurabilityTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWaitedForSurvivesTheDeathOfTheProcess() throws Exception {
        Process store = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hosting.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = store.inputReader()) {
            String url = out.readLine();
            String password = out.readLine();
            // Its end comes with the process.
            Connection connection = DriverManager.getConnection(url, StoreSettings.Embedded.USER, password);
            Statement statement = connection.createStatement();
            for (int i = 1; i <= 20; i++) {
                statement.execute("INSERT INTO event VALUES ('Call|a', " + i + ", 'w', 1, '', X'0102', 5)");
            }
            statement.execute(
                    "INSERT INTO call_record VALUES ('a', 't', TIMESTAMP WITH TIME ZONE '2026-01-02 03:04:05.678+00',"
                            + " TIMESTAMP WITH TIME ZONE '2026-01-02 03:04:06+00', '{}', FALSE)");
            store.destroyForcibly();
            assertThat(store.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        try (EmbeddedStore again = EmbeddedStore.start(folder);
                Connection connection = DriverManager.getConnection(
                        again.settings().url(),
                        StoreSettings.Embedded.USER,
                        again.settings().password());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT COUNT(*), MAX(sequence_nr), MIN(payload), MIN(start_at) FROM event, call_record")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(20);
            assertThat(rows.getInt(2)).isEqualTo(20);
            assertThat(rows.getBytes(3)).containsExactly(1, 2);
            assertThat(rows.getString(4)).startsWith("2026-01-02 03:04:05.678");
        }
        assertThat(RecentRows.files(folder)).noneMatch(Files::exists);
    }

    /** A row whose writing was cut off was never acknowledged; all before it are read. */
    @Test
    void aTornEndIsNoError() throws Exception {
        try (RecentRows rows = RecentRows.open(folder)) {
            rows.append("EVENT", new Object[] {"a", 1L, null});
            rows.append("EVENT", new Object[] {"b", 2L, null});
            Path file = RecentRows.files(folder).getFirst();
            byte[] all = Files.readAllBytes(file);
            for (int cut = all.length / 2; cut < all.length; cut++) {
                Files.write(file, Arrays.copyOf(all, cut));
                assertThat(RecentRows.read(folder)).hasSize(1);
            }
        }
    }

    /** The store in a process of its own. */
    static final class Hosting {
        private Hosting() {}

        public static void main(String[] arguments) throws Exception {
            EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]));
            System.out.println(store.settings().url());
            System.out.println(store.settings().password());
            Thread.currentThread().join();
        }
    }
}
