/** What outlives a node: histories, snapshots, call records. The backends are packages of their own. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.store;
