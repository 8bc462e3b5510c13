package org.sempervox.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.admin.AdminServer;
import org.sempervox.cluster.admin.ChangeRefused;
import org.sempervox.cluster.credentials.CredentialPage;
import org.sempervox.cluster.store.RecordJson;

/** Nodes n1, n2 … of a work folder are asked in that order. */
class CredentialsVerbTest {
    @TempDir
    Path work;

    private final List<AutoCloseable> open = new ArrayList<>();
    private int nodes;

    @BeforeEach
    void key() throws IOException {
        Files.writeString(work.resolve("credentials.key"), "00".repeat(32));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void theNextNodeIsAskedWhereOneCannot() throws Exception {
        node(_ -> {
            throw new ChangeRefused(503, "this node is cut off from the others");
        });
        hangsUp();
        node(_ -> done(true));
        assertThat(remove("1000"))
                .startsWith("0 ")
                .contains("1000: removed through n3", "n1: this node is cut off from the others", "n2: ");
    }

    @Test
    void aNodeThatRefusesIsTheLastOne() throws Exception {
        node(_ -> {
            throw new ChangeRefused(403, "not sealed with the key");
        });
        node(_ -> done(true));
        assertThat(remove("1000")).startsWith("3 ").contains("n1: not sealed with the key");
    }

    @Test
    void allThatWereTriedAreNamed() throws Exception {
        node(_ -> {
            throw new ChangeRefused(503, "the store does not answer");
        });
        hangsUp();
        assertThat(remove("1000")).startsWith("1 ").contains("n1: the store does not answer; n2: ");
    }

    @Test
    void aNumberThatHadNoneIsSaidAndIsNoFailure() throws Exception {
        node(_ -> done(false));
        assertThat(remove("1000")).isEqualTo("0 1000: had none\n");
    }

    /** It may have removed them and not have been able to say so. */
    @Test
    void afterANodeThatFailedItMayHaveHadSome() throws Exception {
        hangsUp();
        node(_ -> done(false));
        assertThat(remove("1000")).startsWith("0 1000: removed through n2");
    }

    /** A build from before answers nothing of it. */
    @Test
    void aNodeThatDoesNotSayHadSome() throws Exception {
        node(_ -> RecordJson.MAPPER.createObjectNode().put("number", "1000"));
        assertThat(remove("1000")).startsWith("0 1000: removed through n1");
    }

    private static JsonNode done(boolean had) {
        return RecordJson.MAPPER.createObjectNode().put("number", "1000").put("had", had);
    }

    private void node(Function<String, JsonNode> answer) throws IOException {
        var server = new AdminServer();
        open.add(server);
        server.addChange(CredentialPage.PATH, answer);
        joins(server.url());
    }

    /** Takes every connection and closes it. */
    private void hangsUp() throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket taken = server.accept()) {
                    taken.setSoLinger(true, 0);
                } catch (IOException e) {
                    return;
                }
            }
        });
        joins("http://127.0.0.1:" + server.getLocalPort());
    }

    private void joins(String url) throws IOException {
        nodes++;
        Files.writeString(work.resolve("n" + nodes + ".admin"), url);
    }

    /** Exit code and output. */
    private String remove(String number) {
        var written = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        var both = new PrintStream(written, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int exit = Sempervox.execute("credentials", "remove", number, "--dir", work.toString());
            return exit + " " + written.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
