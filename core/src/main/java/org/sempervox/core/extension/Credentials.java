package org.sempervox.core.extension;

import java.util.Optional;

/** Secrets for digest authentication (RFC 3261 §22), local to every node. Never blocks; works on any thread. */
@FunctionalInterface
public interface Credentials {
    /** The password of a user; empty if there is no such user. */
    Optional<String> password(String user);
}
