/** The store in a Cassandra cluster: every event is appended on the condition that there is none of its number. */
@org.jspecify.annotations.NullMarked
package org.sempervox.cluster.store.cassandra;
