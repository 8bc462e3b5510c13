package org.sempervox.cluster.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEntity;
import org.sempervox.core.call.LiveCalls;

/** Tells every call on this node when a service address gets another owner (S17). Called from one thread at a time. */
final class AddressMoves {
    private final AddressOwnership ownership;
    private final LiveCalls live;
    private final Map<Integer, String> owners = new HashMap<>();

    AddressMoves(AddressOwnership ownership, LiveCalls live) {
        this.ownership = ownership;
        this.live = live;
    }

    void changed(Set<String> serving) {
        for (ServiceAddress address : ownership.plan().addresses()) {
            String now = ownership.plan().owner(address.index(), serving).orElse("");
            String before = owners.put(address.index(), now);
            if (before != null && !now.isEmpty() && !now.equals(before)) {
                var move = new CallEntity.Do(new CallCommand.MoveAddress(Instant.now(), address.index()));
                live.all().forEach(call -> call.getValue().ref().tell(move));
            }
        }
    }
}
