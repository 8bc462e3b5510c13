package org.sempervox.cluster.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a node takes part in the cluster.
 *
 * @param host own address of the machine; never a virtual or translated one, because "connection refused" there proves death (S23)
 * @param port cluster port, TCP; {@code port + 1000} is the liveness port
 * @param seeds {@code host:port} of nodes to join, the first of which may form the cluster
 * @param workFolder the only folder the node writes to
 * @param credentialsKeyFile empty: the node can set no credentials and refuses a store that has some
 * @param adminHost numeric address that the admin pages listen on
 * @param adminPort their port; 0 for any that is free, which the {@code .admin} file of the work folder then names
 */
public record MemberSettings(
        String host,
        int port,
        List<String> seeds,
        Path workFolder,
        Path keyFile,
        Optional<Path> credentialsKeyFile,
        String adminHost,
        int adminPort) {
    /** Distance from the cluster port to the liveness port. */
    public static final int LIVENESS_OFFSET = 1000;

    public MemberSettings {
        seeds = List.copyOf(seeds);
    }

    public String hostPort() {
        return host + ":" + port;
    }
}
