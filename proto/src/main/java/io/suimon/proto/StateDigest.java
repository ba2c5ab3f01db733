package io.suimon.proto;

import io.suimon.proto.sync.v1.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A 128-bit fingerprint of a set of resources that does not depend on their order: the sum, modulo 2^128, of a hash of each.
 *
 * <p>Adding or removing one resource costs one hash, whatever the size of the set, so both planes keep it up to date change by
 * change and compare it after each. The hash is the first half of SHA-256 over kind, id, modification revision and content, each
 * preceded by its length, so that no two resources run together. Equal sets give equal digests on every machine.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record StateDigest(long high, long low) {

    /** The digest of nothing. */
    public static final StateDigest EMPTY = new StateDigest(0, 0);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Reads one that travelled; nothing is the digest of nothing. */
    public static StateDigest of(Digest message) {
        return new StateDigest(message.getHigh(), message.getLow());
    }

    /** As it travels. */
    public Digest toMessage() {
        return Digest.newBuilder().setHigh(high).setLow(low).build();
    }

    /** The digest of this set with one resource more. The resource must not be in the set yet. */
    public StateDigest plus(String kind, String id, long modRevision, byte[] json) {
        var hash = hash(kind, id, modRevision, json);
        long sum = low + hash.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new StateDigest(high + hash.high + carry, sum);
    }

    /** The digest of this set with one resource less. The resource must be in the set, with exactly this content. */
    public StateDigest minus(String kind, String id, long modRevision, byte[] json) {
        var hash = hash(kind, id, modRevision, json);
        long borrow = Long.compareUnsigned(low, hash.low) < 0 ? 1 : 0;
        return new StateDigest(high - hash.high - borrow, low - hash.low);
    }

    private static StateDigest hash(String kind, String id, long modRevision, byte[] json) {
        var sha = sha256();
        update(sha, kind.getBytes(StandardCharsets.UTF_8));
        update(sha, id.getBytes(StandardCharsets.UTF_8));
        update(sha, longBytes(modRevision));
        update(sha, json);
        byte[] sum = sha.digest();
        return new StateDigest((long) LONGS.get(sum, 0), (long) LONGS.get(sum, Long.BYTES));
    }

    private static void update(MessageDigest sha, byte[] part) {
        sha.update(longBytes(part.length));
        sha.update(part);
    }

    private static byte[] longBytes(long value) {
        var bytes = new byte[Long.BYTES];
        LONGS.set(bytes, 0, value);
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
