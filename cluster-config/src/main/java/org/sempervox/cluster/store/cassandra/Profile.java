package org.sempervox.cluster.store.cassandra;

/** Execution profiles of the driver, by what is asked. */
enum Profile {
    APPEND,
    READ,
    RECORD,
    BEAT
}
