package org.sempervox.chaos.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Commands that people copy: a name from outside must not become a part of the command. */
final class Shell {
    private Shell() {}

    static String line(String... words) {
        return Arrays.stream(words).map(Shell::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
