package io.suimon.dataplane.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.suimon.process.TestPatience;
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
        long seedBytes,
        Duration seedTime)
        implements CacheConfig {

    static CacheSettings of(Path path) {
        return new CacheSettings(path, 3, Duration.ZERO, null, null, null, 1 << 20, TestPatience.LONG);
    }

    CacheSettings every(Duration pause) {
        return new CacheSettings(path, generations, pause, keyText, keyPath, seedText, seedBytes, seedTime);
    }

    CacheSettings withKey(@Nullable String key) {
        return new CacheSettings(path, generations, interval, key, keyPath, seedText, seedBytes, seedTime);
    }

    CacheSettings withKeyFile(Path file) {
        return new CacheSettings(path, generations, interval, keyText, file, seedText, seedBytes, seedTime);
    }

    CacheSettings withSeed(String seed) {
        return new CacheSettings(path, generations, interval, keyText, keyPath, seed, seedBytes, seedTime);
    }

    CacheSettings withSeedOfAtMost(long bytes) {
        return new CacheSettings(path, generations, interval, keyText, keyPath, seedText, bytes, seedTime);
    }

    CacheSettings withSeedWithin(Duration time) {
        return new CacheSettings(path, generations, interval, keyText, keyPath, seedText, seedBytes, time);
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
        return seedTime;
    }
}
