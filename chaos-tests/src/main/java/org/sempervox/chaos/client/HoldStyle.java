package org.sempervox.chaos.client;

/** The spellings of hold that phones use: RFC 3264 §8.4 and, for {@link #ZERO_ADDRESS}, RFC 2543. */
public enum HoldStyle {
    SENDONLY,
    INACTIVE,
    ZERO_ADDRESS
}
