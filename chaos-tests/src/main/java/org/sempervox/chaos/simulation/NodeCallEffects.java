package org.sempervox.chaos.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEffect;
import org.sempervox.core.call.Outbound;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;

/** Brings a call's effects about on its node. What fails is asked for again by the machine. */
final class NodeCallEffects {
    private static final long PATIENCE = 2_000_000;

    private final ClusterWorld world;
    private final SimulatedNode node;
    private final NodeCall call;

    /** Every slot that this incarnation was given, by preparations that failed too. */
    private final Set<String> slots = new TreeSet<>();

    NodeCallEffects(ClusterWorld world, SimulatedNode node, NodeCall call) {
        this.world = world;
        this.node = node;
        this.call = call;
    }

    void run(CallEffect effect) {
        switch (effect) {
            case CallEffect.Prepare prepare -> prepare(prepare);
            case CallEffect.Send send -> send(send.message());
            case CallEffect.DeclareMedia declare -> node.media().declare(declare.plan(), this::reported);
            case CallEffect.ReleaseMedia release ->
                node.media().release(release.session(), release.service(), this::reported);
            case CallEffect.AcknowledgeMedia seen ->
                node.media().acknowledge(seen.session(), seen.service(), seen.number());
            case CallEffect.StoreRecord store ->
                world.store.record(node, store.record(), outcome -> {
                    if (outcome == SimulatedStore.Outcome.STORED) {
                        call.receive(new CallCommand.ReportRecordStored(world.timeline.now()));
                    }
                });
            case CallEffect.ReleaseSlot slot -> release(slot.extension());
            case CallEffect.Finish _ -> {}
        }
    }

    private void release(String number) {
        if (world.broken == Broken.FORGOTTEN_SLOT) {
            node.after(1_000, () -> call.receive(new CallCommand.ReportSlotReleased(world.timeline.now(), number)));
            return;
        }
        world.tellExtension(
                node,
                number,
                extension -> extension.release(
                        call.id(),
                        () -> world.between(
                                extension.node(),
                                node,
                                () -> call.receive(new CallCommand.ReportSlotReleased(world.timeline.now(), number)))));
    }

    private void reported(MediaReport report) {
        call.receive(new CallCommand.ReportMedia(world.timeline.now(), report));
    }

    /** To the edge of the node that serves the address, as this node knows it; nowhere if none does. */
    private void send(Outbound message) {
        world.invariants.decided(call, message);
        Optional<Outbound> sent = BrokenMessages.of(world.broken, message, node);
        if (sent.isEmpty()) {
            return;
        }
        world.addresses
                .owner(message.flow().service(), node.serving())
                .flatMap(world::process)
                .ifPresent(
                        owner -> world.between(node, owner, () -> owner.edge().send(sent.get())));
    }

    private void prepare(CallEffect.Prepare prepare) {
        Destination found = world.route(node, prepare.dialled());
        var wanted = new ArrayList<String>();
        CallCommand.PlaceCall place = prepare.place();
        if (place != null && limit(place.caller()) > 0) {
            wanted.add(place.caller());
        }
        if (found instanceof Destination.Ring ring && limit(ring.extension()) > 0) {
            wanted.add(ring.extension());
        }
        var preparation = new Preparation(prepare, found, wanted);
        node.after(PATIENCE, () -> preparation.given = true);
        preparation.next();
    }

    private int limit(String extension) {
        ExtensionSettings settings = world.settings.get(extension);
        return settings == null ? 0 : settings.maxCalls();
    }

    /** Slots one after the other, then ports; given up after two seconds. */
    private final class Preparation {
        private final CallEffect.Prepare prepare;
        private final List<String> wanted;
        private Destination destination;
        private boolean given;

        Preparation(CallEffect.Prepare prepare, Destination destination, List<String> wanted) {
            this.prepare = prepare;
            this.destination = destination;
            this.wanted = wanted;
        }

        void next() {
            if (given) {
                return;
            }
            if (wanted.isEmpty()) {
                lease();
                return;
            }
            String extension = wanted.removeFirst();
            world.tellExtension(
                    node,
                    extension,
                    entity -> entity.reserve(
                            call.id(),
                            limit(extension),
                            granted -> world.between(entity.node(), node, () -> reserved(extension, granted))));
        }

        private void reserved(String extension, boolean granted) {
            if (granted) {
                slots.add(extension);
            } else {
                String busy = destination instanceof Destination.Ring ring ? ring.busy() : null;
                destination = new Destination.Refuse(486, busy);
                wanted.clear();
            }
            next();
        }

        private void lease() {
            if (prepare.leasePorts()) {
                node.media().lease(call.id(), this::done);
            } else {
                done(null);
            }
        }

        private void done(@Nullable MediaLease lease) {
            if (!given) {
                given = true;
                call.receive(new CallCommand.ReportPreparation(
                        world.timeline.now(),
                        prepare.place(),
                        prepare.dialled(),
                        destination,
                        lease,
                        List.copyOf(slots)));
            }
        }
    }
}
