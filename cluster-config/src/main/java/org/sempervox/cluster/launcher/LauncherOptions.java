package org.sempervox.cluster.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.settings.HostsFile;

/**
 * What to start.
 *
 * @param store what keeps its events and records
 * @param pbx the PBX file; empty for one with generated extensions
 * @param sip service addresses as {@code ADDR:PORT}, one for each full node or fewer; empty to choose
 * @param hosts where its nodes run
 */
public record LauncherOptions(
        WorkFolder work, Topology topology, StoreKind store, Optional<Path> pbx, List<String> sip, HostsFile hosts) {
    public LauncherOptions {
        sip = List.copyOf(sip);
    }
}
