package org.sempervox.core.extension;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one extension from the PBX file. Credentials are not part of it.
 *
 * @param number also the user name for digest authentication
 * @param ringFor 1–600 s, default 30 s
 * @param maxCalls calls at once, both directions; 0 for no limit
 */
public record ExtensionSettings(
        String number,
        String name,
        Duration ringFor,
        @Nullable String noAnswer,
        @Nullable String busy,
        int maxCalls) {}
