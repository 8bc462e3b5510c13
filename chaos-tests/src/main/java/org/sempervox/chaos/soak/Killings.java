package org.sempervox.chaos.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sempervox.chaos.cluster.ClusterProcess;

/** {@code kill -9} of one full node after another, never while another is missing. */
final class Killings {
    private static final Duration BACK_LIMIT = Duration.ofMinutes(2);

    private final ClusterProcess cluster;
    private final Tally tally;
    private final Duration every;
    private final List<String> killed = new ArrayList<>();
    private long last = System.nanoTime();
    private boolean missing;
    private int notBack;

    /** {@code every}: zero for never. */
    Killings(ClusterProcess cluster, Tally tally, Duration every) {
        this.cluster = cluster;
        this.tally = tally;
        this.every = every;
    }

    /** Does what is due; the line to say if a node was killed or is back, else an empty one. */
    String tick() throws IOException {
        boolean due = !every.isZero() && System.nanoTime() - last >= every.toNanos();
        return missing ? look() : due && allServe() ? kill() : "";
    }

    /** Looks whether a killed node is back; the line to say if it is, else an empty one. */
    String look() throws IOException {
        long since = System.nanoTime() - last;
        if (missing && allServe()) {
            missing = false;
            return "%s serves again after %.1f s".formatted(killed.getLast(), since / 1e9);
        }
        if (missing && since > BACK_LIMIT.toNanos()) {
            missing = false;
            notBack++;
            tally.remark(killed.getLast() + " does not serve again after " + BACK_LIMIT.toSeconds() + " s");
        }
        return "";
    }

    private String kill() throws IOException {
        List<String> nodes = cluster.fullNodes();
        String victim = nodes.get(killed.size() % nodes.size());
        long pid = cluster.pid(victim);
        cluster.kill(victim);
        killed.add(victim);
        last = System.nanoTime();
        missing = true;
        return "kill -9 " + victim + " (pid " + pid + ")";
    }

    /** Whether every full node serves, and is the process that its file names. */
    boolean allServe() throws IOException {
        Map<String, JsonNode> statuses = cluster.pages("/status");
        for (String node : cluster.fullNodes()) {
            JsonNode status = statuses.get(node);
            long pid = cluster.pid(node);
            boolean serves = status != null
                    && status.path("state").asText().equals("serving")
                    && status.path("pid").asLong() == pid
                    && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            if (!serves) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing is on the way and the last blow is long past. */
    boolean isCalm(Duration past) {
        return !missing && (killed.isEmpty() || System.nanoTime() - last > past.toNanos());
    }

    List<String> killed() {
        return killed;
    }

    int notBack() {
        return notBack;
    }
}
