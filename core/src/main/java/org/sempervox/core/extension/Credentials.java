package org.sempervox.core.extension;

import java.util.Optional;

/** Secrets for digest authentication (RFC 3261 §22), local to every node (S25). Never blocks; works on any thread. */
@FunctionalInterface
public interface Credentials {
    /** Empty if there is no such user or he has no credentials; takes as long then as for one who has. */
    Optional<DigestSecret> of(String user);
}
