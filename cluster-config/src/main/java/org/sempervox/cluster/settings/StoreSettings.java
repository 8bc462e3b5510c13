package org.sempervox.cluster.settings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a node keeps what must outlive it. {@code toString} hides passwords. */
public sealed interface StoreSettings {
    /** The embedded store that a launcher hosts; outlives nodes, not the launcher or its disk. */
    record Embedded(String host, int port, String password) implements StoreSettings {
        public static final String USER = "sempervox";

        public String url() {
            return "jdbc:h2:tcp://" + host + ":" + port + "/sempervox";
        }

        @Override
        public String toString() {
            return "Embedded[" + url() + "]";
        }
    }

    /**
     * A Cassandra cluster.
     *
     * @param contactPoints at least one, not resolved yet; the driver learns the others from it
     * @param datacenter the data centre as Cassandra calls it; all traffic stays in it (LOCAL_QUORUM, LOCAL_SERIAL)
     * @param replication replicas of everything in that data centre; used when the keyspace is made, 3 or more to survive a death
     * @param credentials empty for a Cassandra that asks for none
     * @param trust the certificates that Cassandra's must be signed by; empty for no TLS
     */
    record Cassandra(
            List<InetSocketAddress> contactPoints,
            String datacenter,
            String keyspace,
            int replication,
            Optional<Credentials> credentials,
            Optional<Trust> trust)
            implements StoreSettings {
        public Cassandra {
            contactPoints = List.copyOf(contactPoints);
        }
    }

    /** Who the node is to Cassandra. */
    record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** A PKCS#12 or JKS file and what opens it. */
    record Trust(Path file, String password) {
        @Override
        public String toString() {
            return "Trust[" + file + "]";
        }
    }
}
