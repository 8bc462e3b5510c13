/** The {@code core} role: hosts the shards of calls and extensions and offers them to the edges of the node. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.core;
