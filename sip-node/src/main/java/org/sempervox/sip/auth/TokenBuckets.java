package org.sempervox.sip.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A rate limit per source: token buckets in a bounded table that forgets the least recently seen. Thread-safe. */
public final class TokenBuckets {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets;

    /** {@code nanos}: a clock like {@link System#nanoTime}. */
    public TokenBuckets(double perSecond, double burst, int sources, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.buckets = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > sources;
            }
        };
    }

    /** Takes a token; false if the source has none left. */
    public synchronized boolean take(String source) {
        Bucket bucket = filled(source);
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    /** Whether {@link #take} would succeed. */
    public synchronized boolean available(String source) {
        return !buckets.containsKey(source) || filled(source).tokens >= 1;
    }

    private Bucket filled(String source) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(source, key -> new Bucket(burst, now));
        bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        return bucket;
    }

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }
    }
}
