package org.sempervox.chaos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sempervox.cluster.settings.SettingsProblem;

/** Whom a fault strikes, in words that are resolved when it strikes. */
public record Target(String words) {
    private static final List<String> KNOWN = List.of(
            "busiest",
            "oldest",
            "most calls",
            "owner of the address",
            "one full",
            "witness",
            "minority",
            "all",
            "none");

    /** Refuses what is neither one of the words nor the name of a node. */
    public static Target of(String path, String words) {
        if (!KNOWN.contains(words) && !words.matches("[a-z]+[0-9]+")) {
            throw new SettingsProblem(path, words, String.join(", ", KNOWN) + ", or the name of a node");
        }
        return new Target(words);
    }

    /**
     * What is known of a cluster at a moment.
     *
     * @param full the full nodes that serve
     * @param witness empty if there is none
     * @param oldest the one that allocates shards
     * @param busiest the one whose death most calls would notice
     * @param mostCalls the one with most call entities that is not the oldest
     * @param owner who serves the first service address
     */
    public record View(
            List<String> full,
            Optional<String> witness,
            String oldest,
            String busiest,
            String mostCalls,
            String owner) {}

    /** The nodes it names now; throws if the cluster has none such. */
    public List<String> resolve(View view, SplittableRandom random) {
        return switch (words) {
            case "busiest" -> List.of(view.busiest());
            case "oldest" -> List.of(view.oldest());
            case "most calls" -> List.of(view.mostCalls());
            case "owner of the address" -> List.of(view.owner());
            case "one full" ->
                List.of(view.full().get(random.nextInt(view.full().size())));
            case "witness" -> List.of(view.witness().orElseThrow(() -> new IllegalStateException("no witness")));
            case "minority" -> minority(view, random);
            case "all" -> view.full();
            case "none" -> List.of();
            default -> List.of(words);
        };
    }

    /** Fewer than half of all voters, the witness never among them. */
    private static List<String> minority(View view, SplittableRandom random) {
        int voters = view.full().size() + (view.witness().isPresent() ? 1 : 0);
        var left = new ArrayList<>(view.full());
        var chosen = new ArrayList<String>();
        while (2 * (chosen.size() + 1) < voters && left.size() > 1) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    @Override
    public String toString() {
        return words;
    }
}
