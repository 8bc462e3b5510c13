/** The store in the embedded database, over TCP: group commit, a connection per thread. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.store.h2;
