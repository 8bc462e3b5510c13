package org.sempervox.cluster.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.cluster.settings.SettingsProblem;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;

/** S15, S16. */
class AddressPlanTest {
    private static AddressPlan plan(int count) {
        var addresses = new ArrayList<ServiceAddress>();
        for (int i = 0; i < count; i++) {
            addresses.add(Ports.address(i, count, new Ports.HostPort("127.0.0." + (11 + i), 5060), "n" + (i + 1)));
        }
        return new AddressPlan(addresses);
    }

    @Test
    void atHomeWhileTheHomeServes() {
        assertThat(plan(3).owner(1, Set.of("n1", "n2", "n3"))).hasValue("n2");
    }

    @Test
    void elseWithTheNextOnTheRing() {
        assertThat(plan(3).owner(1, Set.of("n1", "n3"))).hasValue("n3");
        assertThat(plan(3).owner(2, Set.of("n1", "n2"))).hasValue("n1");
        assertThat(plan(3).owner(0, Set.of())).isEmpty();
    }

    @Test
    void oneSurvivorServesAll() {
        assertThat(plan(3).ownedBy("n2", Set.of("n2"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16})
    void mediaPortsAreSharedOutEvenly(int count) {
        List<ServiceAddress> addresses = plan(count).addresses();
        int next = Ports.FIRST_MEDIA_PORT;
        for (ServiceAddress address : addresses) {
            assertThat(address.firstMediaPort()).isEven().isEqualTo(next);
            next = address.lastMediaPort() + 1;
        }
        assertThat(next - 1)
                .isLessThanOrEqualTo(Ports.LAST_MEDIA_PORT)
                .isGreaterThan(Ports.LAST_MEDIA_PORT - 2 * count);
    }

    @Test
    void theWitnessIsLastByAddressAndFirstToStart() {
        Topology office = Topology.of("office", List.of("sip"));
        assertThat(office.members().getLast().witness()).isTrue();
        assertThat(office.first().witness()).isTrue();
        assertThat(office.fullNodes()).extracting(Topology.Member::name).containsExactly("n1", "n2");
        assertThat(Topology.of("1", List.of("sip")).first().name()).isEqualTo("n1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "two", "-1"})
    void refusesOtherTopologies(String text) {
        assertThatThrownBy(() -> Topology.of(text, List.of()))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(text);
    }

    @Test
    void oneServiceAddressForEachFullNodeAtMost() {
        List<String> three = List.of("127.0.0.1:6061", "127.0.0.1:6062", "127.0.0.1:6063");
        assertThatThrownBy(() -> Ports.serviceAddresses(three, List.of("n1", "n2"), false))
                .isInstanceOf(SettingsProblem.class);
        assertThatThrownBy(() -> Ports.serviceAddresses(List.of("nowhere:5060"), List.of("n1"), false))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("nowhere:5060");
    }

    @Test
    void theOnlyAddressHasAllMediaPortsAndItsHomeAtTheFirstFullNode() {
        List<ServiceAddress> one = Ports.serviceAddresses(List.of("10.213.0.100:5060"), List.of("n1", "n2"), true);
        assertThat(one)
                .containsExactly(new ServiceAddress(
                        0, "10.213.0.100", 5060, Ports.FIRST_MEDIA_PORT, Ports.LAST_MEDIA_PORT, "n1"));
        var plan = new AddressPlan(one);
        assertThat(plan.owner(0, Set.of("n1", "n2"))).hasValue("n1");
        assertThat(plan.owner(0, Set.of("n2"))).hasValue("n2");
        assertThat(plan.ownedBy("n2", Set.of("n1", "n2"))).isEmpty();
    }

    @Test
    void anAddressThatIsNotHereIsRefusedUnlessItIsPutOnADeviceElsewhere() {
        List<String> asked = List.of("10.213.0.100:5060");
        assertThatThrownBy(() -> Ports.serviceAddresses(asked, List.of("n1"), false))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("of this machine");
    }

    @Test
    void spareNodesComeBeforeTheWitnessAndAreNotStarted() {
        Topology office = Topology.of("office", List.of("sip")).withSpares(1);
        assertThat(office.members()).extracting(Topology.Member::name).containsExactly("n1", "n2", "n3", "w1");
        assertThat(office.started()).extracting(Topology.Member::name).containsExactly("n1", "n2", "w1");
        assertThatThrownBy(() -> office.withSpares(14))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("--spare: found 14");
    }
}
