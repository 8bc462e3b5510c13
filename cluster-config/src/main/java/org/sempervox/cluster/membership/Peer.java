package org.sempervox.cluster.membership;

import java.util.Set;

/**
 * One member as the links, the fence and the addresses see it.
 *
 * @param uid of this incarnation; a restarted node has another one
 * @param port cluster port
 * @param counted up or on its way out: has a voice in a majority
 * @param down given up by somebody's decision, and not yet removed
 */
public record Peer(
        String name, long uid, String host, int port, Set<String> roles, boolean counted, boolean up, boolean down)
        implements Comparable<Peer> {
    public Peer {
        roles = Set.copyOf(roles);
    }

    /** Address order, the order in which keep-majority breaks a tie. */
    @Override
    public int compareTo(Peer other) {
        int byHost = host.compareTo(other.host);
        if (byHost != 0) {
            return byHost;
        }
        int byPort = Integer.compare(port, other.port);
        return byPort != 0 ? byPort : Long.compare(uid, other.uid);
    }
}
