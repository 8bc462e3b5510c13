package org.sempervox.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.call.CallCommand.ReportPreparation;
import org.sempervox.core.call.CallEffect.*;
import org.sempervox.core.call.CallEntity.Do;
import org.sempervox.core.call.CallEntity.Message;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;

/**
 * Brings the effects of one call about. What fails is not retried here: everything owed is asked for again by the machine, a preparation
 * by the caller's repeated INVITE.
 */
final class EffectRunner {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Refusals of ports in a row that are taken for a take-over in progress before the call is refused. */
    private static final int REFUSALS = 4;

    private final ActorContext<Message> actor;
    private final CallContext context;
    private final CallPorts ports;
    private final ActorRef<MediaReport> reports;
    private @Nullable CompletableFuture<Optional<MediaLease>> lease;
    private int refusals;

    /** Every slot that this incarnation was given, by preparations that failed too: the call gives them all back at its end (S7). */
    private final Set<String> granted = ConcurrentHashMap.newKeySet();

    EffectRunner(ActorContext<Message> actor, CallContext context, CallPorts ports) {
        this.actor = actor;
        this.context = context;
        this.ports = ports;
        this.reports = actor.messageAdapter(
                MediaReport.class,
                report -> new Do(new CallCommand.ReportMedia(ports.clock().instant(), report)));
    }

    void run(CallEffect effect) {
        switch (effect) {
            case Prepare prepare -> prepare(prepare);
            case Send send -> ports.signalling().send(send.message());
            case DeclareMedia declare -> ports.media().declare(declare.plan(), reports);
            case ReleaseMedia release -> ports.media().release(release.session(), release.service(), reports);
            case AcknowledgeMedia seen -> ports.media().acknowledge(seen.session(), seen.service(), seen.number());
            case StoreRecord store ->
                report(
                        ports.records().store(store.record()),
                        new CallCommand.ReportRecordStored(ports.clock().instant()));
            case ReleaseSlot slot ->
                report(
                        ports.slots().release(slot.extension(), context.id()),
                        new CallCommand.ReportSlotReleased(ports.clock().instant(), slot.extension()));
            case Finish _ -> {}
        }
    }

    /** Takes the answer to a request for ports; false for every other report. Called by the entity. */
    boolean leased(MediaReport report) {
        CompletableFuture<Optional<MediaLease>> waiting = lease;
        switch (report) {
            case MediaReport.Leased leased -> {
                refusals = 0;
                if (waiting != null) {
                    waiting.complete(Optional.of(leased.lease()));
                }
                return true;
            }
            case MediaReport.LeaseRefused refused -> {
                refusals++;
                actor.getLog().info("call {}: no media ports: {}", context.id(), refused.reason());
                if (waiting != null && refusals >= REFUSALS) {
                    waiting.complete(Optional.empty());
                }
                return true;
            }
            case MediaReport.PlanApplied _,
                    MediaReport.PlanRefused _,
                    MediaReport.Released _,
                    MediaReport.TimedOut _ -> {
                return false;
            }
        }
    }

    private void report(CompletionStage<Void> done, CallCommand success) {
        actor.pipeToSelf(done, (nothing, failure) -> {
            if (failure == null) {
                return new Do(success);
            }
            return new CallEntity.Failed(String.valueOf(failure));
        });
    }

    private void prepare(Prepare prepare) {
        Instant now = ports.clock().instant();
        CompletionStage<Destination> found = ports.directory()
                .known(prepare.dialled())
                .thenApply(_ -> ports.directory().route(prepare.dialled(), now));
        CompletableFuture<Optional<MediaLease>> ready =
                prepare.leasePorts() ? ports() : CompletableFuture.completedFuture(Optional.empty());
        CompletionStage<Slots> slots = found.thenCompose(destination -> reserve(prepare, destination));
        CompletionStage<ReportPreparation> answer = slots.thenCombine(
                ready,
                (reserved, ports) -> new ReportPreparation(
                        now,
                        prepare.place(),
                        prepare.dialled(),
                        reserved.destination(),
                        ports.orElse(null),
                        List.copyOf(granted)));
        actor.pipeToSelf(
                answer,
                (prepared, failure) ->
                        failure == null ? new Do(prepared) : new CallEntity.Failed(String.valueOf(failure)));
    }

    private CompletableFuture<Optional<MediaLease>> ports() {
        if (lease == null || lease.isDone()) {
            lease = new CompletableFuture<Optional<MediaLease>>().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        ports.media().lease(context.id(), reports);
        return lease;
    }

    private record Slots(Destination destination) {}

    private CompletionStage<Slots> reserve(Prepare prepare, Destination found) {
        CompletionStage<Slots> slots = CompletableFuture.completedFuture(new Slots(found));
        if (prepare.place() != null) {
            slots = slot(slots, prepare.place().caller(), null);
        }
        return found instanceof Destination.Ring ring ? slot(slots, ring.extension(), ring.busy()) : slots;
    }

    private CompletionStage<Slots> slot(CompletionStage<Slots> before, String extension, @Nullable String busy) {
        int limit = ports.directory()
                .settings(extension)
                .map(ExtensionSettings::maxCalls)
                .orElse(0);
        if (limit == 0) {
            return before;
        }
        return before.thenCompose(slots -> ports.slots()
                .reserve(extension, context.id(), limit)
                .thenApply(free -> {
                    if (!free) {
                        return new Slots(new Destination.Refuse(486, busy));
                    }
                    granted.add(extension);
                    return slots;
                }));
    }
}
