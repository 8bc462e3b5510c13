package org.sempervox.cluster.address;

import java.util.List;
import org.sempervox.core.address.ServiceAddress;

/** Makes the service addresses that this node owns addresses of its machine, so that they can be bound. */
public interface LocalAddresses extends AutoCloseable {
    /** For addresses that the machine has anyway: nothing to do. */
    LocalAddresses GIVEN = new LocalAddresses() {
        @Override
        public boolean own(List<ServiceAddress> owned) {
            return true;
        }

        @Override
        public void close() {}
    };

    /**
     * From now on these are the node's, and no others. What is lost has left the machine when this returns. What is gained is there when
     * it returns true; otherwise another node still has it, and it comes by itself: ask again to know. Takes some system calls, never
     * waits. Thread-safe.
     */
    boolean own(List<ServiceAddress> owned);

    /** Gives all of them up, for good. */
    @Override
    void close();
}
