package org.sempervox.chaos.ground;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sempervox.chaos.lab.Lab;
import org.sempervox.chaos.scenario.Blow;

/** What happens to the network between hosts. */
final class NetworkFaults {
    private final OwnCluster ground;
    private final Lab lab;

    NetworkFaults(OwnCluster ground, Lab lab) {
        this.ground = ground;
        this.lab = lab;
    }

    Injection strike(Blow blow, List<String> targets) throws IOException {
        return switch (blow.kind()) {
            case CUT ->
                givenUp(targets, "no packet between it and the other nodes", () -> {
                    for (String target : targets) {
                        lab.isolate(target);
                    }
                });
            case UNPLUG ->
                givenUp(targets, "cable pulled", () -> {
                    for (String target : targets) {
                        lab.cutFromAll(target);
                    }
                });
            case SPLIT -> {
                List<String> rest = others(targets);
                yield givenUp(targets, targets + " | " + rest, () -> lab.split(targets, rest));
            }
            case CUT_ONE_WAY ->
                givenUp(targets, "what it sends does not reach the other nodes", () -> {
                    for (String other : others(targets)) {
                        lab.cutOneWay(targets.getFirst(), other);
                    }
                });
            case CUT_APART -> cutApart(targets.getFirst());
            case LOSS -> {
                lab.loss((int) blow.amount(), lab.hosts());
                yield healed("%.0f %% of the packets between nodes are dropped".formatted(blow.amount()));
            }
            case POWER_OFF -> powerOff(targets.getFirst());
            case KILL,
                    FREEZE,
                    STOP,
                    ROLLING_RESTART,
                    DRAIN,
                    UPGRADE,
                    STORAGE_STOPPED,
                    STORAGE_SLOW,
                    STORAGE_NODE_DOWN,
                    POWER_CUT,
                    CLOCK,
                    DISK_FULL,
                    JOIN -> throw new IllegalArgumentException(blow.kind() + " is no fault of the network");
        };
    }

    /** Which of the two has to go, the cluster decides; one may also go more than once, being started again. */
    private Injection cutApart(String target) throws IOException {
        String other = ground.cluster().fullNodes().stream()
                .filter(name -> !name.equals(target))
                .findFirst()
                .orElseThrow(() -> new IOException("no full node beside " + target));
        lab.cut(target, other);
        return healed("no packet between " + target + " and " + other);
    }

    private List<String> others(List<String> targets) {
        return lab.hosts().stream().filter(host -> !targets.contains(host)).toList();
    }

    /** Something done to the network. */
    private interface Cut {
        void carryOut() throws IOException;
    }

    /** The node is to end itself meanwhile; what has not ended when the network is whole again is told. */
    private Injection givenUp(List<String> targets, String detail, Cut cut) throws IOException {
        var ends = new ArrayList<CompletableFuture<ProcessHandle>>();
        for (String target : targets) {
            long pid = ground.cluster().pid(target);
            ends.add(ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .orElseThrow(() -> new IOException(target + " has no process")));
        }
        cut.carryOut();
        return Injection.until(detail, () -> {
            long from = System.nanoTime();
            lab.heal();
            return Optional.of(
                    new Injection.CameBack(targets.getFirst(), LocalFaults.ended(ends.getFirst(), from), from));
        });
    }

    private Injection healed(String detail) {
        return Injection.until(detail, () -> {
            lab.heal();
            return Optional.empty();
        });
    }

    private Injection powerOff(String target) throws IOException {
        lab.powerOff(target);
        return Injection.until(target + " is without power", () -> {
            lab.powerOn(target);
            return Optional.empty();
        });
    }
}
