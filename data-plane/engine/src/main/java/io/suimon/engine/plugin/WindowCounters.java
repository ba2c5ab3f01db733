package io.suimon.engine.plugin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests counted per key and window of time, shared by all event loops of the process.
 *
 * <p>Bounded: at the limit, the counter that was used least recently is forgotten, and starts from nothing when it is wanted again;
 * {@link #forgotten()} counts those whose window was still running. Long names are kept as their digest, so that a client who
 * chooses them does not choose how much memory they take.
 *
 * <p>Thread-safe: a lock per stripe of the keys, held for one look-up.
 */
public final class WindowCounters {

    /** Counters kept when nobody says otherwise. */
    public static final int DEFAULT_LIMIT = 100_000;

    private static final int STRIPES = 64;
    private static final int LONGEST_NAME = 256;

    /**
     * What a counter is found by.
     *
     * @param scope whose counters these are: equal configurations of one owner share them
     * @param name who or what is counted
     */
    public record Key(String scope, String name) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::name).thenComparing(Key::scope);

        public Key {
            name = name.length() <= LONGEST_NAME ? name : digest(name);
        }

        /** Any order: it keeps look-ups short when many names are chosen to have the same hash code. */
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        private static String digest(String text) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256: missing (expected: every Java platform has it)", e);
            }
        }
    }

    /**
     * What counting one request came to.
     *
     * @param remaining requests still allowed in this window; -1 is possible for an allowed one of a sliding window
     * @param resetNanos until the window is over, or an estimate falls below the limit
     */
    public record Usage(boolean allowed, long remaining, long resetNanos) {}

    private final LongSupplier nanoTime;
    private final long epochOffset;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final LongAdder forgotten = new LongAdder();

    /** Counters of the default limit. */
    public WindowCounters(InstantSource clock, LongSupplier nanoTime) {
        this(clock, nanoTime, DEFAULT_LIMIT);
    }

    /**
     * Counters by these clocks.
     *
     * @param clock read once: sliding windows begin at multiples of their length since the epoch, as it was known at the start
     * @param nanoTime monotonic; windows are measured by it alone, so that they do not jump with the time of day
     * @param limit counters kept, at least one per stripe
     */
    public WindowCounters(InstantSource clock, LongSupplier nanoTime, int limit) {
        this.nanoTime = nanoTime;
        this.epochOffset = TimeUnit.MILLISECONDS.toNanos(clock.millis()) - nanoTime.getAsLong();
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(Math.max(1, limit / STRIPES));
        }
    }

    /** Counts a request in a window that begins with its first request; refused requests count, too. */
    public Usage fixed(Key key, long limit, long windowNanos) {
        var stripe = stripe(key);
        synchronized (stripe) {
            long now = nanoTime.getAsLong();
            var window = stripe.get(key);
            if (window == null || window.over(now)) {
                window = new Window(now, windowNanos);
                stripe.put(key, window);
            }
            window.current++;
            return new Usage(
                    window.current <= limit, Math.max(0, limit - window.current), window.start + window.length - now);
        }
    }

    /**
     * Counts a request in a window that slides: the window before counts by the part of it that still overlaps. Refused requests
     * do not count.
     */
    public Usage sliding(Key key, long limit, long windowNanos) {
        var stripe = stripe(key);
        synchronized (stripe) {
            long now = nanoTime.getAsLong();
            long elapsed = Math.floorMod(now + epochOffset, windowNanos);
            var window = stripe.get(key);
            if (window == null || window.length != windowNanos) {
                window = new Window(now - elapsed, windowNanos);
                stripe.put(key, window);
            }
            window.slideTo(now - elapsed);
            return window.estimate(limit, elapsed);
        }
    }

    /** Counters forgotten at the limit while their window was running. */
    public long forgotten() {
        return forgotten.sum();
    }

    private Stripe stripe(Key key) {
        int hash = key.hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    /** The counters of one lock, least recently used first. Guarded by itself. */
    private final class Stripe extends LinkedHashMap<Key, Window> {

        private static final long serialVersionUID = 1L;
        private static final float LOAD_FACTOR = 0.75f;

        private final int limit;

        Stripe(int limit) {
            super(16, LOAD_FACTOR, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Key, Window> eldest) {
            if (size() <= limit) {
                return false;
            }
            if (eldest != null && !eldest.getValue().over(nanoTime.getAsLong())) {
                forgotten.increment();
            }
            return true;
        }
    }

    /** One counter. Guarded by its stripe. */
    private static final class Window {

        private final long length;
        private long start;
        private long current;
        private long previous;

        Window(long start, long length) {
            this.start = start;
            this.length = length;
        }

        boolean over(long now) {
            return now - start >= length;
        }

        void slideTo(long newStart) {
            long windows = (newStart - start) / length;
            if (windows != 0) {
                previous = windows == 1 ? current : 0;
                current = 0;
                start = newStart;
            }
        }

        Usage estimate(long limit, long elapsed) {
            long left = length - elapsed;
            long counted = Math.min(previous, limit);
            double weighted = (double) counted * left / length;
            if (current >= limit) {
                return new Usage(false, 0, left);
            }
            if (weighted + current >= limit) {
                double enough = (double) (limit - current) * length / counted;
                return new Usage(false, 0, Math.max(0, left - (long) enough));
            }
            current++;
            return new Usage(true, (long) Math.floor(limit - current - weighted), left);
        }
    }
}
