package org.sempervox.chaos.selftest;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.chaos.selftest.broken.AlwaysAnnounced;
import org.sempervox.chaos.selftest.broken.AudioSwapped;
import org.sempervox.chaos.selftest.broken.CallStuck;
import org.sempervox.chaos.selftest.broken.CseqNotStored;
import org.sempervox.chaos.selftest.broken.FenceOff;
import org.sempervox.chaos.selftest.broken.GapHidden;
import org.sempervox.chaos.selftest.broken.LeftoverPort;
import org.sempervox.chaos.selftest.broken.OneWay;
import org.sempervox.chaos.selftest.broken.Overwriting;
import org.sempervox.chaos.selftest.broken.OwedForgotten;
import org.sempervox.chaos.selftest.broken.RecordTwice;
import org.sempervox.chaos.selftest.broken.RegistrationForgotten;
import org.sempervox.chaos.selftest.broken.RelayLate;

/** All of them, in the order in which they are run, and the healthy ones that they are measured against. */
public final class BrokenBuilds {
    private static final String KILL = "kill";
    private static final String FREEZE = "freeze";
    private static final String CUT = "cut";

    private static final String CALL = "org.sempervox.core.call.";
    private static final String FENCE = "org.sempervox.cluster.membership.MajorityFence";
    private static final String ANNOUNCEMENTS = "org.sempervox.cluster.address.AnnouncementTimes";
    private static final String RELAYS = "org.sempervox.media.session.EngineRelays";
    private static final String SESSIONS = "org.sempervox.media.session.SessionTable";
    private static final String LEG = "org.sempervox.media.relay.RelayLeg";
    private static final Patch OPEN = new Patch(FENCE, "open", 0, FenceOff.Open.class);
    private static final Patch LOSE = new Patch(FENCE, "lose", 1, FenceOff.GoingOn.class);
    private static final Patch DEAF =
            new Patch("org.sempervox.cluster.node.NodeMain", "endDeaf", 0, FenceOff.GoingOn.class);

    private static final List<BrokenBuild> BROKEN = List.of(
            new BrokenBuild(
                    "owed-forgotten",
                    "what a call owes is not done again after a take-over",
                    FREEZE,
                    List.of("calls-set-up", "no-call-lost"),
                    List.of(new Patch(CALL + "CallMachine", "due", 4, OwedForgotten.class))),
            new BrokenBuild(
                    "cseq-not-stored",
                    "after a take-over our numbers in a dialog start again",
                    KILL,
                    List.of("protocol-kept"),
                    List.of(new Patch(CALL + "CallEvolution", "evolve", 2, CseqNotStored.class))),
            new BrokenBuild(
                    "record-twice",
                    "the survivor of a call writes its record a second time under another id",
                    KILL,
                    List.of("records-exact"),
                    List.of(new Patch(CALL + "EffectRunner", "run", 1, RecordTwice.class))),
            new BrokenBuild(
                    "two-live-copies",
                    "a woken node's calls go on writing, and the store lets them overwrite",
                    FREEZE,
                    List.of("one-entity"),
                    List.of(
                            OPEN,
                            LOSE,
                            DEAF,
                            new Patch(
                                    "org.sempervox.cluster.core.StoreWatch", "answers", 0, Overwriting.Trusting.class),
                            new Patch(
                                    "org.sempervox.cluster.store.h2.H2Connection",
                                    "prepared",
                                    1,
                                    Overwriting.Merging.class))),
            new BrokenBuild(
                    "fence-off",
                    "a frozen node goes on when it wakes up",
                    FREEZE,
                    List.of("fenced-silent"),
                    List.of(OPEN, LOSE, DEAF)),
            new BrokenBuild(
                    "audio-swapped",
                    "after a take-over people hear the person of another call",
                    KILL,
                    List.of("no-stranger-heard"),
                    List.of(new Patch(RELAYS, "takeOver", 2, AudioSwapped.class))),
            new BrokenBuild(
                    "call-stuck",
                    "after a take-over a BYE is confirmed, but the other side is never told",
                    KILL,
                    List.of("no-call-stuck"),
                    List.of(new Patch(CALL + "CallOwed", "hangUp", 4, CallStuck.class))),
            new BrokenBuild(
                    "gap-hidden",
                    "for three seconds after a take-over old audio is repeated",
                    KILL,
                    List.of("audio-gaps"),
                    List.of(
                            new Patch(RELAYS, "takeOver", 2, GapHidden.Begin.class),
                            new Patch(LEG, "audio", 1, GapHidden.Repeat.class))),
            new BrokenBuild(
                    "relay-late",
                    "after a take-over audio comes back three seconds later",
                    KILL,
                    List.of("audio-gaps"),
                    List.of(new Patch(SESSIONS, "bind", 1, RelayLate.class))),
            new BrokenBuild(
                    "leftover-port",
                    "the media sockets of a call stay open after its end",
                    KILL,
                    List.of("nothing-left"),
                    List.of(new Patch(LEG, "close", 0, LeftoverPort.class))),
            new BrokenBuild(
                    "registration-forgotten",
                    "bindings are lost at a take-over",
                    KILL,
                    List.of("registrations-kept"),
                    List.of(new Patch(
                            "org.sempervox.core.extension.ExtensionMachine",
                            "evolve",
                            2,
                            RegistrationForgotten.class))),
            new BrokenBuild(
                    "one-way",
                    "after a take-over callers hear nothing",
                    KILL,
                    List.of("both-directions"),
                    List.of(
                            new Patch(RELAYS, "takeOver", 2, OneWay.Taken.class),
                            new Patch(RELAYS, "apply", 3, OneWay.Applied.class))),
            new BrokenBuild(
                    "address-spoken-by-two",
                    "a node that is cut off from the others goes on announcing its address and speaking with it",
                    CUT,
                    List.of("one-owner"),
                    List.of(
                            OPEN,
                            LOSE,
                            DEAF,
                            new Patch("org.sempervox.cluster.settings.NodeFile", "whole", 4, FenceOff.Down.class),
                            new Patch(ANNOUNCEMENTS, "due", 1, AlwaysAnnounced.Due.class),
                            new Patch(ANNOUNCEMENTS, "over", 0, AlwaysAnnounced.Over.class))));

    private BrokenBuilds() {}

    /** A healthy one for each scenario, then the broken ones. */
    public static List<BrokenBuild> all() {
        var all = new ArrayList<BrokenBuild>();
        BROKEN.stream()
                .map(BrokenBuild::scenario)
                .distinct()
                .map(BrokenBuild::healthy)
                .forEach(all::add);
        all.addAll(BROKEN);
        return all;
    }

    /** Throws if there is none of that name. */
    public static BrokenBuild named(String name) {
        return all().stream()
                .filter(build -> build.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no build is named " + name));
    }
}
