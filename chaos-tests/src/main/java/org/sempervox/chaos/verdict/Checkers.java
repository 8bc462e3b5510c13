package org.sempervox.chaos.verdict;

import java.util.List;

/** All of them, in the order of reports: what matters most to people who telephone comes first. */
final class Checkers {
    static final List<Checker> ALL = List.of(
            new HistoryWhole(),
            new CallsKept(),
            new CallsNotStuck(),
            new AudioGaps(),
            new BothDirections(),
            new NoStranger(),
            new CallsSetUp(),
            new NewCallDelay(),
            new RecordsExact(),
            new Protocol(),
            new OneEntity(),
            new OneOwner(),
            new FencedSilent(),
            new RegistrationsKept(),
            new SecondOpinion(),
            new FaultsHappened(),
            new NothingLeft());

    private Checkers() {}
}
