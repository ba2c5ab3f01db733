package io.suimon.dataplane.cache;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings as a test wants them, from those by default on. */
record CacheSettings(
        Path path,
        int generations,
        Duration interval,
        @Nullable String keyText,
        @Nullable Path keyPath,
        @Nullable String seedText,
        long seedBytes)
        implements CacheConfig {

    static CacheSettings of(Path path) {
        return new CacheSettings(path, 3, Duration.ZERO, null, null, null, 1 << 20);
    }

    CacheSettings every(Duration pause) {
        return new CacheSettings(path, generations, pause, keyText, keyPath, seedText, seedBytes);
    }

    CacheSettings withKey(@Nullable String key) {
        return new CacheSettings(path, generations, interval, key, keyPath, seedText, seedBytes);
    }

    CacheSettings withKeyFile(Path file) {
        return new CacheSettings(path, generations, interval, keyText, file, seedText, seedBytes);
    }

    CacheSettings withSeed(String seed) {
        return new CacheSettings(path, generations, interval, keyText, keyPath, seed, seedBytes);
    }

    CacheSettings withSeedOfAtMost(long bytes) {
        return new CacheSettings(path, generations, interval, keyText, keyPath, seedText, bytes);
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(keyText);
    }

    @Override
    public Optional<Path> keyFile() {
        return Optional.ofNullable(keyPath);
    }

    @Override
    public Optional<String> seed() {
        return Optional.ofNullable(seedText);
    }

    @Override
    public MemorySize maxSeedSize() {
        return new MemorySize(BigInteger.valueOf(seedBytes));
    }

    @Override
    public Duration seedTimeout() {
        return Duration.ofMillis(500);
    }
}
