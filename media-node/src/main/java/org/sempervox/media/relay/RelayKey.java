package org.sempervox.media.relay;

/** A session on one service address; while it moves to another address the same call may have two. */
public record RelayKey(String session, int service) {}
