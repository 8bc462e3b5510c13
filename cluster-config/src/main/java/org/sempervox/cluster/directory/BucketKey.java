package org.sempervox.cluster.directory;

import org.apache.pekko.cluster.ddata.Key;

/** Names one of the {@value #COUNT} buckets. */
final class BucketKey extends Key<DirectoryBucket> {
    static final int COUNT = 256;
    private static final long serialVersionUID = 1;

    BucketKey(int index) {
        super("bindings-" + index);
    }

    /** The number's hash is the one that the language prescribes, so all nodes agree. */
    static BucketKey of(String extension) {
        return new BucketKey(Math.floorMod(extension.hashCode(), COUNT));
    }
}
