package org.sempervox.cluster.node;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.sempervox.core.address.AddressPlan;

/**
 * Typed node configuration.
 *
 * @param name unique in the cluster, also the stem of its files
 * @param roles of {@code core}, {@code sip}, {@code media}, {@code console}, {@code witness}
 * @param realm digest realm, the SIP domain of the PBX
 * @param device network device that service addresses are added to while the node owns them; empty: they are on the machine anyway
 * @param whole the node file over the shipped settings: what the actor system runs with
 * @param pbx the PBX file's content (tenants), resolved
 */
public record NodeSettings(
        String name,
        Set<String> roles,
        AddressPlan addresses,
        Optional<String> device,
        String realm,
        Config pbx,
        Config whole) {
    /** Prefix of the member role that tells every node this node's name. */
    public static final String NAME_ROLE = "name-";

    private static final Duration LINGER = Duration.ofMillis(500);

    /**
     * How long a lost address is still answered, for what was on its way. Not at all when it moves to another machine: two of them must
     * not speak with one address.
     */
    public Duration handOver() {
        return device.isPresent() ? Duration.ZERO : LINGER;
    }

    /** Without the configurations: they hold passwords. */
    @Override
    public String toString() {
        return "NodeSettings[" + name + " " + roles + " " + realm + "]";
    }
}
