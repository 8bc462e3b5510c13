package org.sempervox.cluster.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to start.
 *
 * @param store what keeps its events and records
 * @param pbx the PBX file; empty for one with generated extensions
 * @param sip service addresses as {@code ADDR:PORT}, one for each full node; empty to choose
 */
public record LauncherOptions(
        WorkFolder work, Topology topology, StoreKind store, Optional<Path> pbx, List<String> sip) {
    public LauncherOptions {
        sip = List.copyOf(sip);
    }
}
