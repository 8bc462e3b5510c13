/** Pekko's journal and snapshot plugins over the {@link org.sempervox.cluster.store.Store} of the node. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.journal;
