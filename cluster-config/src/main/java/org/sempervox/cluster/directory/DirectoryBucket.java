package org.sempervox.cluster.directory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.cluster.ddata.AbstractDeltaReplicatedData;
import org.apache.pekko.cluster.ddata.ReplicatedDelta;
import org.jspecify.annotations.Nullable;

/**
 * A share of the directory: number → entry, where the higher version wins, however often and in whatever order entries arrive. Entries
 * are never taken out, an extension without bindings has an empty list.
 *
 * <p>Not an {@code LWWMap}: that one's deltas replace a value without looking at its version, and it keeps traces of every node that ever
 * wrote, which need pruning. A delta here is a bucket with the changed entries only. Sorted, because nodes compare the digests of the
 * written bytes.
 */
@JsonIncludeProperties("e")
final class DirectoryBucket extends AbstractDeltaReplicatedData<DirectoryBucket, DirectoryBucket>
        implements ReplicatedDelta {
    static final DirectoryBucket EMPTY = new DirectoryBucket(Map.of());

    @JsonProperty("e")
    private final SortedMap<String, DirectoryEntry> entries;

    private final @Nullable DirectoryBucket delta;

    @JsonCreator
    DirectoryBucket(@JsonProperty("e") Map<String, DirectoryEntry> entries) {
        this(new TreeMap<>(entries), null);
    }

    private DirectoryBucket(SortedMap<String, DirectoryEntry> entries, @Nullable DirectoryBucket delta) {
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.delta = delta;
    }

    SortedMap<String, DirectoryEntry> entries() {
        return entries;
    }

    /** The same bucket if it knows this or a newer version already. */
    DirectoryBucket with(String extension, DirectoryEntry entry) {
        var one = new DirectoryBucket(Map.of(extension, entry));
        var news = news(one);
        if (news.isEmpty()) {
            return this;
        }
        return new DirectoryBucket(plus(news), delta == null ? one : delta.mergeData(one));
    }

    @Override
    public DirectoryBucket mergeData(DirectoryBucket that) {
        var news = news(that);
        return news.isEmpty() ? this : new DirectoryBucket(plus(news), null);
    }

    /** What the other one knows and this one does not. */
    private Map<String, DirectoryEntry> news(DirectoryBucket that) {
        var news = new HashMap<String, DirectoryEntry>();
        that.entries.forEach((extension, theirs) -> {
            var ours = entries.get(extension);
            if (ours == null || ours.version() < theirs.version()) {
                news.put(extension, theirs);
            }
        });
        return news;
    }

    private SortedMap<String, DirectoryEntry> plus(Map<String, DirectoryEntry> news) {
        var all = new TreeMap<>(entries);
        all.putAll(news);
        return all;
    }

    @Override
    public Optional<DirectoryBucket> deltaData() {
        return Optional.ofNullable(delta);
    }

    @Override
    public DirectoryBucket mergeDeltaData(DirectoryBucket change) {
        return mergeData(change);
    }

    @Override
    public DirectoryBucket resetDelta() {
        return delta == null ? this : new DirectoryBucket(entries, null);
    }

    @Override
    public DirectoryBucket zero() {
        return EMPTY;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DirectoryBucket bucket && bucket.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "DirectoryBucket[" + entries.size() + " extensions]";
    }
}
