package org.sempervox.core.media;

/** The two sides of a relayed session. */
public enum MediaSide {
    CALLER,
    CALLEE
}
