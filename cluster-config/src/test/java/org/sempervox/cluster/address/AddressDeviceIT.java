package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.Eventually;

/** Machines a and b and a peer on one network, and real processes that die (S15, S21). Needs root. */
class AddressDeviceIT {
    private static final String HOST = AddressDeviceMain.HOST;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private @org.jspecify.annotations.Nullable Namespaces made;

    @BeforeEach
    void machines() throws Exception {
        assumeThat(Namespaces.possible()).as("root, and network namespaces").isTrue();
        made = new Namespaces("a", "b");
    }

    @AfterEach
    void noMachines() throws Exception {
        Namespaces net = made;
        if (net != null) {
            net.close();
            assertThat(Namespaces.host("ip", "netns", "list"))
                    .doesNotContain("svt" + ProcessHandle.current().pid());
        }
    }

    private Namespaces net() {
        Namespaces net = made;
        if (net == null) {
            throw new IllegalStateException("no machines");
        }
        return net;
    }

    /** A node as far as its device goes. */
    private final class Program {
        private final Process process;
        private final BufferedReader answers;
        private final OutputStream orders;

        Program(String machine, String... before) throws IOException {
            process = net().java(machine, List.of(before), AddressDeviceMain.class, "eth0");
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            orders = process.getOutputStream();
        }

        /** The answer to the start. */
        String opened() throws IOException {
            String line = answers.readLine();
            while (line != null && (line.contains(" INFO ") || line.contains(" WARN "))) {
                line = answers.readLine();
            }
            return String.valueOf(line);
        }

        /** Its answer: what it was told, how long that took, and which guard is at work. */
        String tell(String order) throws IOException {
            orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
            String line = answers.readLine();
            while (line != null && !line.startsWith(order + " ")) {
                line = answers.readLine();
            }
            return String.valueOf(line);
        }

        long guard() throws IOException {
            String line = tell("guard");
            return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        }

        void signal(String name) throws Exception {
            Namespaces.host("kill", "-" + name, Long.toString(process.pid()));
        }
    }

    private Program opened(String machine) throws IOException {
        var program = new Program(machine);
        assertThat(program.opened()).isEqualTo("open");
        return program;
    }

    private void peerKnows(String machine) throws Exception {
        String mac = net().mac(machine);
        Eventually.holds(
                "the peer finds it at " + machine,
                LIMIT,
                () -> net().neighbour(HOST).contains(mac));
    }

    private void ask() throws Exception {
        net().inside(Namespaces.PEER, "bash", "-c", "echo > /dev/udp/" + HOST + "/9");
    }

    private long until(String what, java.util.concurrent.Callable<Boolean> probe, long since) throws Exception {
        Eventually.holds(what, LIMIT, probe);
        long ms = (System.nanoTime() - since) / 1_000_000;
        System.out.println(what + ": " + ms + " ms");
        return ms;
    }

    @Test
    void anAnnouncementMovesThePeersEntry_S15() throws Exception {
        Program a = opened("a");
        Program b = opened("b");
        System.out.println("a " + a.tell("own"));
        ask();
        peerKnows("a");
        for (int i = 0; i < 3; i++) {
            System.out.println("a " + a.tell("none"));
            assertThat(net().has("a", HOST)).isFalse();
            System.out.println("b " + b.tell("own"));
            peerKnows("b");
            assertThat(net().has("b", HOST)).isTrue();
            System.out.println("b " + b.tell("none"));
            System.out.println("a " + a.tell("own"));
            peerKnows("a");
        }
        a.orders.close();
        b.orders.close();
        Eventually.holds("everything ends", LIMIT, () -> (net().pids("a") + net().pids("b")).isEmpty());
        assertThat(net().has("a", HOST) || net().has("b", HOST)).isFalse();
    }

    @Test
    void theGuardTakesItOffWhenTheNodeIsKilled_S15() throws Exception {
        Program a = opened("a");
        a.tell("own");
        assertThat(net().has("a", HOST)).isTrue();
        // its group gets what a terminal sends, and systemd signals each process
        long guard = a.guard();
        Namespaces.host("kill", "-INT", Long.toString(guard));
        Namespaces.host("kill", "-TERM", Long.toString(guard));
        assertThat(a.guard()).isEqualTo(guard);
        long killed = System.nanoTime();
        a.signal("KILL");
        assertThat(until("taken off after kill -9", () -> !net().has("a", HOST), killed))
                .isLessThan(500);
        Eventually.holds("the guard ends", LIMIT, () -> net().pids("a").isEmpty());
        assertThat(net().has("a", "10.77.0.1")).isTrue();
    }

    @Test
    void theGuardTakesItOffWhenTheNodeIsFrozen_S21() throws Exception {
        Program a = opened("a");
        a.tell("own");
        long guard = a.guard();
        long frozen = System.nanoTime();
        a.signal("STOP");
        assertThat(until("taken off after SIGSTOP", () -> !net().has("a", HOST), frozen))
                .isBetween(700L, 1300L);
        // a pause that its fence did not even see, as this one says it is open: it comes back, with a new guard
        long woken = System.nanoTime();
        a.signal("CONT");
        until("back after SIGCONT with an open fence", () -> net().has("a", HOST), woken);
        assertThat(a.guard()).isNotEqualTo(guard);
    }

    /** Announcements that were due while it stood still are its successor's to make; deterministic in {@link AnnouncementsTest}. */
    @Test
    void aNodeThatWakesUpAnnouncesNothing_S21() throws Exception {
        Program a = opened("a");
        Program b = opened("b");
        a.tell("own");
        ask();
        peerKnows("a");
        a.tell("lease");
        a.signal("STOP");
        Eventually.holds("taken off after SIGSTOP", LIMIT, () -> !net().has("a", HOST));
        b.tell("own");
        ask();
        peerKnows("b");
        a.signal("CONT");
        for (int i = 0; i < 40; i++) {
            a.tell("guard");
            assertThat(net().neighbour(HOST)).contains(net().mac("b"));
        }
        assertThat(net().has("a", HOST)).isFalse();
    }

    @Test
    void aClosedFenceTakesItOffAndAnOpenOneBringsItBack_S21() throws Exception {
        Program a = opened("a");
        a.tell("own");
        long closed = System.nanoTime();
        a.tell("fence");
        assertThat(until("taken off after the fence closed", () -> !net().has("a", HOST), closed))
                .isLessThan(500);
        a.tell("fence");
        Eventually.holds("back on the device", LIMIT, () -> net().has("a", HOST));
    }

    @Test
    void aGuardThatIsKilledOrFrozenIsReplaced() throws Exception {
        Program a = opened("a");
        a.tell("own");
        long first = a.guard();
        Namespaces.host("kill", "-KILL", Long.toString(first));
        Eventually.holds("another guard", LIMIT, () -> a.guard() != first);
        assertThat(net().has("a", HOST)).isTrue();
        long second = a.guard();
        Namespaces.host("kill", "-STOP", Long.toString(second));
        Eventually.holds("a third guard", LIMIT, () -> a.guard() != second);
        a.signal("KILL");
        Eventually.holds("taken off", LIMIT, () -> !net().has("a", HOST));
        Eventually.holds("nothing is left", LIMIT, () -> net().pids("a").isEmpty());
    }

    @Test
    void whatAnEarlierLifeHasLeftIsTakenOff() throws Exception {
        net().inside("a", "ip", "address", "add", HOST + "/32", "dev", "eth0", "label", "eth0:svx");
        opened("a");
        assertThat(net().has("a", HOST)).isFalse();
        assertThat(net().has("a", "10.77.0.1")).isTrue();
    }

    @Test
    void whatSomebodyElseHasPutThereStaysAndStopsTheStart() throws Exception {
        net().inside("a", "ip", "address", "add", HOST + "/32", "dev", "eth0");
        assertThat(new Program("a").opened()).contains("eth0", HOST + "/32 is on this machine already");
        assertThat(net().has("a", HOST)).isTrue();
        Eventually.holds("nothing runs", LIMIT, () -> net().pids("a").isEmpty());
        assertThat(net().has("a", HOST)).isTrue();
    }

    @Test
    void saysWhichRightsAreMissing() throws Exception {
        String without = "-net_admin,-net_raw";
        assertThat(new Program("a", "setpriv", "--inh-caps=" + without, "--bounding-set=" + without).opened())
                .contains("eth0", "CAP_NET_ADMIN", "CAP_NET_RAW");
        String noAdmin = "-net_admin";
        assertThat(new Program("a", "setpriv", "--inh-caps=" + noAdmin, "--bounding-set=" + noAdmin).opened())
                .contains("eth0", "CAP_NET_ADMIN");
    }
}
