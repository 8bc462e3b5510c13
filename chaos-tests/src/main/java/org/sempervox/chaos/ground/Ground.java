package org.sempervox.chaos.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sempervox.chaos.lab.Speaking;
import org.sempervox.chaos.load.Accounts;
import org.sempervox.chaos.scenario.Blow;
import org.sempervox.chaos.scenario.Target;

/**
 * A cluster that can be broken on purpose. What it says of itself serves to choose targets, never to judge. Used by one thread at a time;
 * {@link #close} may come from another one at any moment and takes everything back.
 */
public interface Ground extends AutoCloseable {
    /** {@code here}, {@code netns}, or the inventory's. */
    String name();

    /** The service addresses, in their order. */
    List<InetSocketAddress> addresses() throws IOException;

    /** Numeric address that phones bind. */
    String phoneHost();

    /** The extensions that phones use. */
    Accounts accounts();

    /** Whether the tool started it: then it ends with the run, and the operating system and the store can be asked about it. */
    boolean own();

    /** Full nodes, then the witness. */
    List<String> nodes() throws IOException;

    /** Whether what each machine sends is being captured. */
    boolean captures();

    Target.View view() throws IOException;

    /** Refuses with a message what cannot be done here; called before anything is started. */
    Injection strike(Blow blow, List<String> targets) throws IOException, InterruptedException;

    /** Whether every node that should be there is there and serves. */
    boolean allServe() throws IOException;

    /** Pid of each node whose process lives, by the operating system. */
    Map<String, Long> processes() throws IOException;

    /** Call detail records of calls that began since. */
    List<JsonNode> records(Instant since) throws IOException;

    /** Who wrote which events of which call, by the store's own rows; empty if they cannot be read. */
    List<Rows> journal() throws IOException;

    /** Open UDP sockets on the service addresses, by the operating system; negative if that cannot be counted. */
    long sockets() throws IOException;

    /** Ends the capture; what it holds of the service addresses. Empty where nothing is captured. */
    Spoken spoken() throws IOException;

    /** A program of the run besides the cluster: it ends with {@link #close} at the latest, and by {@link Heal} if the tool is killed. */
    void adopt(ProcessHandle program) throws IOException;

    /** Ends what was started, heals what was broken. */
    @Override
    void close();

    /** Consecutive events of one history by one writer; times of the first and the last by the writer's wall clock. */
    record Rows(String entity, long first, long last, String writer, Instant from, Instant to) {}

    /**
     * Who sent from service addresses.
     *
     * @param addresses one for each service address
     * @param lost packets that the capture did not see; if any, it proves nothing
     */
    record Spoken(List<Speaking> addresses, long lost) {
        static final Spoken NOTHING = new Spoken(List.of(), 0);
    }
}
