package org.sempervox.chaos.simulation.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Stories drawn from a seed: equal seeds give equal stories. */
public final class StoryGenerator {
    private static final int[] REFUSALS = {486, 480, 603, 486};
    private static final int FIRST_ACTION = 300;

    private final SplittableRandom random;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> phones = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final int nodes;
    private final int span;

    private StoryGenerator(long seed) {
        this.random = new SplittableRandom(seed);
        this.nodes = chance(70) ? 2 : 3;
        this.span = between(4_000, chance(20) ? 75_000 : 20_000);
    }

    public static Story story(long seed) {
        return new StoryGenerator(seed).story();
    }

    private Story story() {
        people();
        if (chance(60)) {
            lines.add(new Line.Sky(
                    chance(70) ? between(1, 15) : 0,
                    chance(50) ? between(1, 15) : 0,
                    chance(50) ? between(1, 20) : 0,
                    random.nextLong() >>> 16));
        }
        var later = new ArrayList<Line>();
        int calls = between(1, 8);
        for (int i = 0; i < calls; i++) {
            call(later);
        }
        // Longer outages than a node waits for the store are known to lose answers when a node dies just then.
        if (chance(40)) {
            later.add(new Line.StoreFault(time(), between(50, 4_000), 0));
        }
        if (chance(40)) {
            later.add(new Line.StoreFault(time(), between(50, 2_000), between(10, 800)));
        }
        for (int i = between(0, 4); i > 0; i--) {
            nodeFault(later);
        }
        for (int i = between(0, 4); i > 0; i--) {
            mishap(later);
        }
        later.sort(Comparator.comparingInt(StoryGenerator::at));
        lines.addAll(later);
        return new Story(nodes, lines);
    }

    private static int at(Line line) {
        return switch (line) {
            case Line.Action action -> action.at();
            case Line.NodeFault fault -> fault.at();
            case Line.StoreFault fault -> fault.at();
            case Line.Phone _, Line.Extension _, Line.Sky _, Line.Fate _ -> 0;
        };
    }

    private void people() {
        int count = between(2, 6);
        for (int i = 0; i < count; i++) {
            String number = Integer.toString(100 + i);
            numbers.add(number);
            phone(number, number);
            if (chance(20)) {
                phone(number + "b", number);
            }
        }
        for (String number : numbers) {
            if (chance(40)) {
                lines.add(new Line.Extension(
                        number,
                        between(1, 20) * 1000,
                        chance(50) ? other(number) : "",
                        chance(50) ? other(number) : "",
                        chance(20) ? between(1, 2) : 0));
            }
        }
    }

    private void phone(String name, String extension) {
        phones.add(name);
        lines.add(new Line.Phone(
                name,
                extension,
                between(0, nodes - 1),
                between(10, 400),
                chance(15) ? -1 : between(50, 6_000),
                chance(12) ? REFUSALS[random.nextInt(REFUSALS.length)] : 0,
                chance(15),
                chance(15)));
    }

    private void call(List<Line> later) {
        String caller = phones.get(random.nextInt(phones.size()));
        String callee = chance(3) ? "999" : other(caller.substring(0, 3));
        int at = time();
        later.add(new Line.Action(at, caller, Line.Verb.CALLS, callee));
        if (chance(15)) {
            later.add(action(at + between(1, 6_000), caller, Line.Verb.CANCELS));
        }
        int when = at + between(500, 7_000);
        for (int i = chance(50) ? between(1, 4) : 0; i > 0; i--) {
            String who = chance(50) ? caller : callee;
            later.add(
                    action(when, who, chance(20) ? Line.Verb.ASKS : chance(50) ? Line.Verb.HOLDS : Line.Verb.RESUMES));
            if (chance(20)) {
                later.add(action(when + between(0, 30), chance(50) ? caller : callee, Line.Verb.HOLDS));
            }
            when += between(100, 4_000);
        }
        if (chance(80)) {
            int end = when + between(100, 8_000);
            later.add(action(end, chance(50) ? caller : callee, Line.Verb.HANGS_UP));
            if (chance(10)) {
                later.add(action(end + between(0, 40), chance(50) ? caller : callee, Line.Verb.HANGS_UP));
            }
        }
    }

    private void nodeFault(List<Line> later) {
        String node = "n" + between(1, nodes);
        int at = chance(50) && !later.isEmpty() ? at(later.get(random.nextInt(later.size()))) + between(0, 40) : time();
        switch (random.nextInt(4)) {
            case 0, 1 -> later.add(new Line.NodeFault(at, node, Line.NodeFault.Kind.DIES, between(1_000, 6_000)));
            case 2 -> later.add(new Line.NodeFault(at, node, Line.NodeFault.Kind.FREEZES, between(50, 5_000)));
            default -> later.add(new Line.NodeFault(at, node, Line.NodeFault.Kind.CUT_OFF, between(50, 5_000)));
        }
    }

    private void mishap(List<Line> later) {
        String phone = phones.get(random.nextInt(phones.size()));
        switch (random.nextInt(4)) {
            case 0 ->
                later.add(new Line.Action(time(), phone, Line.Verb.UNPLUGGED, Integer.toString(between(100, 3_000))));
            case 1 -> later.add(new Line.Action(time(), phone, Line.Verb.BUSY, Integer.toString(between(500, 8_000))));
            case 2 -> later.add(action(time(), phone, Line.Verb.REGISTERS));
            default -> later.add(action(time(), phone, Line.Verb.UNREGISTERS));
        }
    }

    private static Line.Action action(int at, String phone, Line.Verb verb) {
        return new Line.Action(at, phone, verb, "");
    }

    private String other(String number) {
        String found = numbers.get(random.nextInt(numbers.size()));
        return found.equals(number) ? numbers.get((numbers.indexOf(number) + 1) % numbers.size()) : found;
    }

    private int time() {
        return between(FIRST_ACTION, span);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Both inclusive. */
    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
