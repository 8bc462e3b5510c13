package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;

class MovingHostsTest {
    private static final Inet4Address ONE = Inet4Address.ofLiteral("10.0.0.11");
    private static final Inet4Address TWO = Inet4Address.ofLiteral("10.0.0.12");

    private static ServiceAddress address(int index, String host, int port) {
        return new ServiceAddress(index, host, port, 10_000, 20_000, "n1");
    }

    @Test
    void portsOfOneHostMoveTogether() {
        var plan = new AddressPlan(
                List.of(address(0, "10.0.0.11", 5060), address(1, "10.0.0.11", 5062), address(2, "10.0.0.12", 5060)));
        MovingHosts hosts = MovingHosts.of(plan);
        assertThat(hosts.hosts()).containsExactly(ONE, TWO);
        assertThat(hosts.bits(List.of(plan.get(1)))).isEqualTo(1);
        assertThat(hosts.bits(List.of(plan.get(0), plan.get(2)))).isEqualTo(3);
        assertThat(hosts.of(2)).containsExactly(TWO);
        assertThat(hosts.of(0)).isEmpty();
    }

    @Test
    void onlyIpv4Moves() {
        assertThatThrownBy(() -> MovingHosts.of(new AddressPlan(List.of(address(0, "2001:db8::1", 5060)))))
                .hasMessageContaining("2001:db8::1");
    }
}
