package org.sempervox.cluster.launcher;

import java.util.ArrayList;
import java.util.List;

/** How a Cassandra is started. */
record CassandraCommand(CassandraJava java, CassandraJars jars) {
    private static final String MAIN = "org.apache.cassandra.service.CassandraDaemon";

    /** All three start at once: nobody is there to be asked who else is in the ring, and nobody uses them yet. */
    private static final List<String> TOGETHER =
            List.of("-Dcassandra.allow_unsafe_join=true", "-Dcassandra.skip_wait_for_gossip_to_settle=0");

    /** One comes back to the others, under use: it takes no requests before it knows who lives. */
    private static final List<String> BACK = List.of(
            "-Dcassandra.gossip_settle_min_wait_ms=1000",
            "-Dcassandra.gossip_settle_interval_ms=500",
            "-Dcassandra.gossip_settle_poll_success_required=3");

    /** With as few processors as this, the second compiler takes from the nodes in the first minute what it never gives back. */
    private static final int FEW_PROCESSORS = 4;

    /** In a session of its own: what interrupts the launcher must not reach the store before the nodes have ended. */
    List<String> of(String name, CassandraFiles files, boolean again) {
        var command = new ArrayList<>(JavaCommand.session());
        // after the nodes, ahead of everything else: each promise of a node waits for it
        command.addAll(JavaCommand.preferred(-5));
        command.add(java.java().toString());
        command.add(WorkFolder.STORE_MARK + name);
        command.add("@" + files.options());
        if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        jars.agent().ifPresent(agent -> command.add("-javaagent:" + agent));
        command.addAll(again ? BACK : TOGETHER);
        command.addAll(List.of("-cp", jars.folder() + "/*", MAIN));
        return command;
    }
}
