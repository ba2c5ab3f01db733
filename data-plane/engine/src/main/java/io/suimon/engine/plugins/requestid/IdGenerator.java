package io.suimon.engine.plugins.requestid;

import io.suimon.engine.plugin.PluginHost;
import io.suimon.engine.text.WireText;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers. Used by any thread, as far as the random generator is. */
@FunctionalInterface
interface IdGenerator {

    /** A new identifier, as wire text. */
    String next();

    static IdGenerator of(RequestIdConfig config, PluginHost host) {
        return switch (config.algorithm()) {
            case UUID -> () -> uuid(4, host.random().nextLong(), host.random().nextLong());
            case UUIDV7 ->
                () -> uuid(7, timed(host.clock(), host.random()), host.random().nextLong());
            case NANOID -> new Characters(Characters.NANOID, Characters.NANOID_LENGTH, host.random());
            case RANGE_ID ->
                new Characters(config.rangeId().charSet(), config.rangeId().length(), host.random());
            case KSUID -> new Ksuid(host.clock(), host.random());
        };
    }

    /** RFC 9562: a version in the high half, the variant in the low one. */
    private static String uuid(int version, long high, long low) {
        return new UUID((high & ~0xF000L) | ((long) version << 12), (low & ~(3L << 62)) | (1L << 63)).toString();
    }

    private static long timed(InstantSource clock, RandomGenerator random) {
        return (clock.millis() << 16) | (random.nextInt() & 0xFFFFL);
    }

    /** So many characters of a set. */
    final class Characters implements IdGenerator {

        static final String NANOID = "_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        static final int NANOID_LENGTH = 21;

        private final int[] characters;
        private final int length;
        private final RandomGenerator random;

        Characters(String characters, int length, RandomGenerator random) {
            this.characters = characters.codePoints().toArray();
            this.length = length;
            this.random = random;
        }

        @Override
        public String next() {
            var id = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                id.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            return WireText.of(id.toString());
        }
    }

    /** Sorts by time: seconds, then 128 random bits, as 27 letters and digits. */
    final class Ksuid implements IdGenerator {

        private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        private static final BigInteger RADIX = BigInteger.valueOf(BASE_62.length());
        private static final long EPOCH_SECONDS = 1_400_000_000L;
        private static final int BYTES = 20;
        private static final int LENGTH = 27;

        private final InstantSource clock;
        private final RandomGenerator random;

        Ksuid(InstantSource clock, RandomGenerator random) {
            this.clock = clock;
            this.random = random;
        }

        @Override
        public String next() {
            var bytes = ByteBuffer.allocate(BYTES)
                    .putInt((int) (clock.instant().getEpochSecond() - EPOCH_SECONDS))
                    .putLong(random.nextLong())
                    .putLong(random.nextLong());
            var rest = new BigInteger(1, bytes.array());
            char[] id = new char[LENGTH];
            for (int i = LENGTH - 1; i >= 0; i--) {
                var parts = rest.divideAndRemainder(RADIX);
                id[i] = BASE_62.charAt(parts[1].intValue());
                rest = parts[0];
            }
            return new String(id);
        }
    }
}
