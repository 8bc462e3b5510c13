package org.sempervox.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscribersTest {
    /** A call that is told first says its 180 to a socket that is not bound yet, and says it once only. */
    @Test
    void whoSendsFromAnAddressIsToldWhenItIsBound() {
        List<String> told = new ArrayList<>();
        var subscribers = new Subscribers();
        subscribers.addUser(now -> told.add("calls " + now));
        subscribers.add(now -> told.add("sockets " + now));
        subscribers.tell(Set.of("n2"));
        assertThat(told).containsExactly("sockets [n2]", "calls [n2]");
    }
}
