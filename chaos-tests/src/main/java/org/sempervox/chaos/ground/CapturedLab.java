package org.sempervox.chaos.ground;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.sempervox.chaos.ground.Ground.Spoken;
import org.sempervox.chaos.lab.Capture;
import org.sempervox.chaos.lab.Lab;
import org.sempervox.chaos.lab.LabCluster;
import org.sempervox.chaos.lab.Speaking;

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
        Capture.Recording recording = capture.stop();
        return new Spoken(
                addresses.stream()
                        .map(address -> Speaking.of(recording.seen(), address.getHostString()))
                        .toList(),
                recording.dropped());
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
