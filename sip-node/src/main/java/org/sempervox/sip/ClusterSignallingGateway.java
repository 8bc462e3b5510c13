package org.sempervox.sip;

import java.util.concurrent.atomic.LongAdder;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.call.SignallingGateway;
import org.sempervox.sip.edge.EdgeActor;

/**
 * To the edge of the node that serves the flow's address now (S15, S16). With no such node the message is dropped: the call still owes it
 * and gives it again when the address has moved (S17).
 */
final class ClusterSignallingGateway implements SignallingGateway {
    private final AddressOwnership ownership;
    private final LongAdder unserved = new LongAdder();

    ClusterSignallingGateway(AddressOwnership ownership) {
        this.ownership = ownership;
    }

    @Override
    public void send(Outbound message) {
        ownership
                .ownerActor(message.flow().service(), EdgeActor.NAME, Outbound.class)
                .ifPresentOrElse(edge -> edge.tell(message), unserved::increment);
    }

    long unserved() {
        return unserved.sum();
    }
}
