package org.sempervox.core.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which entry a number belongs to: single numbers by name, ranges by their ends, so that the size of a range costs nothing. */
final class NumberPlan {
    static final int MAX_DIGITS = 15;

    private record Range(long first, long last, ExtensionTemplate template) {}

    private final Map<String, ExtensionTemplate> singles = new HashMap<>();
    /** By the number of digits, then by the first number. */
    private final Map<Integer, TreeMap<Long, Range>> ranges = new HashMap<>();

    /** Empty if added, else the path of the entry that has the number already. */
    Optional<String> add(String number, ExtensionTemplate template) {
        var other = find(number);
        if (other.isEmpty()) {
            singles.put(number, template);
        }
        return other.map(ExtensionTemplate::path);
    }

    /** Both ends have the same number of digits, 1–15. Empty if added, else the path of an entry that has one of the numbers already. */
    Optional<String> add(String first, String last, ExtensionTemplate template) {
        var range = new Range(Long.parseLong(first), Long.parseLong(last), template);
        var sameLength = ranges.computeIfAbsent(first.length(), length -> new TreeMap<>());
        var before = sameLength.floorEntry(range.last());
        if (before != null && before.getValue().last() >= range.first()) {
            return Optional.of(before.getValue().template().path());
        }
        for (var single : singles.entrySet()) {
            if (digits(single.getKey()) && single.getKey().length() == first.length()) {
                long number = Long.parseLong(single.getKey());
                if (number >= range.first() && number <= range.last()) {
                    return Optional.of(single.getValue().path());
                }
            }
        }
        sameLength.put(range.first(), range);
        return Optional.empty();
    }

    Optional<ExtensionTemplate> find(String number) {
        var single = singles.get(number);
        return single != null ? Optional.of(single) : Optional.ofNullable(inRange(number));
    }

    private @Nullable ExtensionTemplate inRange(String number) {
        var sameLength = ranges.get(number.length());
        if (sameLength == null || !digits(number)) {
            return null;
        }
        long value = Long.parseLong(number);
        var entry = sameLength.floorEntry(value);
        return entry != null && entry.getValue().last() >= value
                ? entry.getValue().template()
                : null;
    }

    /** How many numbers there are. */
    long size() {
        return singles.size()
                + ranges.values().stream()
                        .flatMap(sameLength -> sameLength.values().stream())
                        .mapToLong(range -> range.last() - range.first() + 1)
                        .sum();
    }

    static boolean digits(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
