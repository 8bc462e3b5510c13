package org.sempervox.chaos.ground;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sempervox.chaos.ground.Ground.Packet;
import org.sempervox.chaos.ground.Ground.Spoken;
import org.sempervox.chaos.lab.Capture;
import org.sempervox.chaos.lab.Lab;
import org.sempervox.chaos.lab.LabCluster;
import org.sempervox.chaos.lab.Seen;

/** A network of namespaces in which everything that a host sends is captured from the beginning. */
final class CapturedLab implements AutoCloseable {
    private final Lab lab;
    private final Capture capture;

    private CapturedLab(Lab lab, Capture capture) {
        this.lab = lab;
        this.capture = capture;
    }

    static CapturedLab create(Path folder, OwnCluster.Setup setup) throws IOException {
        Lab lab = Lab.create(folder.resolve("lab"), LabCluster.hosts(setup.topology(), setup.spare()));
        try {
            return new CapturedLab(lab, lab.capture(folder.resolve("capture")));
        } catch (IOException | RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    Lab lab() {
        return lab;
    }

    String outside() {
        return lab.outside();
    }

    List<String> arguments(Path work, int addresses) throws IOException {
        return LabCluster.arguments(lab, work, addresses);
    }

    Spoken spoken(Collection<InetSocketAddress> addresses) throws IOException {
        Set<String> wanted = new HashSet<>();
        addresses.forEach(address -> wanted.add(address.getHostString()));
        Capture.Recording recording = capture.stop();
        var packets = new ArrayList<Packet>();
        for (Seen seen : recording.seen()) {
            if (seen instanceof Seen.Udp udp) {
                String source = udp.source().getAddress().getHostAddress();
                if (wanted.contains(source)) {
                    packets.add(new Packet(udp.at(), udp.host(), source));
                }
            }
        }
        return new Spoken(packets, recording.dropped());
    }

    @Override
    public void close() {
        try {
            lab.close();
        } catch (IOException e) {
            System.err.println("chaos: " + e.getMessage() + "; later: sempervox chaos heal");
        }
    }
}
