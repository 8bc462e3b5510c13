/** Digest authentication, server side (RFC 7616, RFC 3261 §22), stateless between nodes; limits per source. */
@org.jspecify.annotations.NullMarked
package org.sempervox.sip.auth;
