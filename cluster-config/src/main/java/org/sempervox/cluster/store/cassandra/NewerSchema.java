package org.sempervox.cluster.store.cassandra;

/** The tables are those of a later version of this program. */
final class NewerSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerSchema(String keyspace, int found, int known) {
        super("keyspace " + keyspace + " holds tables of version " + found + ", this program knows " + known);
    }
}
