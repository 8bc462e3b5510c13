package org.sempervox.core.routing;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.extension.ExtensionSettings;

/**
 * One entry of {@code extensions}: settings of a number or of each number of a range, where {@code {number}} stands for the number.
 *
 * @param path where it stands in the file
 * @param password null if the file gives none
 */
record ExtensionTemplate(
        String path,
        @Nullable String password,
        String name,
        Duration ringFor,
        @Nullable String noAnswer,
        @Nullable String busy,
        int maxCalls) {
    private static final String NUMBER = "{number}";

    ExtensionSettings settings(String number) {
        return new ExtensionSettings(number, name.replace(NUMBER, number), ringFor, noAnswer, busy, maxCalls);
    }

    Optional<String> passwordOf(String number) {
        return Optional.ofNullable(password).map(text -> text.replace(NUMBER, number));
    }

    @Override
    public String toString() {
        return path;
    }
}
