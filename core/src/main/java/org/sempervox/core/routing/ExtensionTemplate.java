package org.sempervox.core.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.extension.ExtensionSettings;

/**
 * One entry of {@code extensions}: settings of a number or of each number of a range, where {@code {number}} stands for the number.
 *
 * @param path where it stands in the file
 */
record ExtensionTemplate(
        String path,
        String password,
        String name,
        Duration ringFor,
        @Nullable String noAnswer,
        @Nullable String busy,
        int maxCalls) {
    private static final String NUMBER = "{number}";

    ExtensionSettings settings(String number) {
        return new ExtensionSettings(number, name.replace(NUMBER, number), ringFor, noAnswer, busy, maxCalls);
    }

    String passwordOf(String number) {
        return password.replace(NUMBER, number);
    }

    @Override
    public String toString() {
        return path;
    }
}
