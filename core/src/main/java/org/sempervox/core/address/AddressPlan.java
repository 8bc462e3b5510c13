package org.sempervox.core.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All service addresses of the cluster and who serves them (S16): a pure function of the set of serving nodes, computed by every node
 * alike. The home node if it serves, else the next serving node by name after the home, round the ring.
 */
public record AddressPlan(List<ServiceAddress> addresses) {
    public AddressPlan {
        addresses = List.copyOf(addresses);
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).index() != i) {
                throw new IllegalArgumentException("service address at position " + i + " has index "
                        + addresses.get(i).index());
            }
        }
    }

    public ServiceAddress get(int index) {
        return addresses.get(index);
    }

    /** Name of the serving node of an address; empty when no node serves. */
    public Optional<String> owner(int index, Set<String> serving) {
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        String home = addresses.get(index).home();
        if (serving.contains(home)) {
            return Optional.of(home);
        }
        var ring = new TreeSet<>(serving);
        String next = ring.higher(home);
        return Optional.of(next == null ? ring.first() : next);
    }

    /** The addresses that a node serves, by index, ascending. */
    public List<ServiceAddress> ownedBy(String node, Set<String> serving) {
        var owned = new ArrayList<ServiceAddress>();
        for (ServiceAddress address : addresses) {
            if (owner(address.index(), serving).filter(node::equals).isPresent()) {
                owned.add(address);
            }
        }
        return owned;
    }
}
