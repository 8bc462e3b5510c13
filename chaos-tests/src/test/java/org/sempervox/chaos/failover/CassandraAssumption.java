package org.sempervox.chaos.failover;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import org.sempervox.cluster.launcher.CassandraJava;
import org.sempervox.cluster.settings.SettingsProblem;

/** Cassandra needs an older Java than ours; where there is none, tests on it are left out. */
final class CassandraAssumption {
    private CassandraAssumption() {}

    static void on(String store) throws IOException {
        if (store.equals("cassandra")) {
            try {
                System.out.println("Cassandra on " + CassandraJava.find());
            } catch (SettingsProblem e) {
                abort(e.getMessage());
            }
        }
    }
}
