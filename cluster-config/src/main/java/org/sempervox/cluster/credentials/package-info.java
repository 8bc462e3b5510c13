/** Digest credentials: sealed in the store, open in each node's memory. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.credentials;
