/** What a call declares about its media (plans, leases, SDP) and what media nodes report back. */
@org.jspecify.annotations.NullMarked
package org.sempervox.core.media;
