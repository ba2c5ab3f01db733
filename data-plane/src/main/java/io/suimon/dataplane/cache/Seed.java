package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Somebody else's disk copy, to begin with where there is nothing else. Used by one thread. */
final class Seed {

    private static final String SETTING = "suimon.cache.seed";
    private static final Set<String> REMOTE = Set.of("http", "https");
    private static final int BUFFER = 64 * 1024;
    private static final int OK = 200;

    private final URI source;
    private final long maxBytes;
    private final Duration timeout;

    private Seed(URI source, long maxBytes, Duration timeout) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    static Optional<Seed> of(CacheConfig config) {
        return config.seed()
                .map(text -> new Seed(parse(text), config.maxSeedSize().asLongValue(), config.seedTimeout()));
    }

    private static URI parse(String text) {
        if (!text.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return Path.of(text).toUri();
        }
        try {
            var source = URI.create(text);
            if (REMOTE.contains(source.getScheme()) && source.getHost() != null) {
                return source;
            }
            if ("file".equals(source.getScheme())) {
                return Path.of(source).toUri();
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same refusal.
        }
        throw new InvalidSettingException(SETTING, text, "a path, or a URL that begins with file:, http: or https:");
    }

    /**
     * Reads it.
     *
     * @param copy where what is fetched may be put meanwhile
     * @throws IOException when it cannot be had, or is not whole; the message is for people
     */
    Configuration read(Path copy, @Nullable CacheKey key) throws IOException {
        if (!REMOTE.contains(source.getScheme())) {
            var file = Path.of(source);
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no such file");
            }
            refuseLarger(Files.size(file));
            return ConfigurationFile.read(file, key);
        }
        try {
            fetch(copy);
            return ConfigurationFile.read(copy, key);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void refuseLarger(long size) throws IOException {
        if (size > maxBytes) {
            throw new IOException(
                    "%d bytes or more (expected: at most %d, suimon.cache.max-seed-size)".formatted(size, maxBytes));
        }
    }

    private void fetch(Path copy) throws IOException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var fetching = CompletableFuture.runAsync(() -> fetch(client, copy), Thread::startVirtualThread);
            try {
                fetching.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                client.shutdownNow();
            }
        } catch (TimeoutException e) {
            throw new IOException("not there after %d ms (suimon.cache.seed-timeout)".formatted(timeout.toMillis()), e);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            throw cause instanceof java.io.UncheckedIOException io ? io.getCause() : new IOException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void fetch(HttpClient client, Path copy) {
        try {
            var answer = client.send(HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != OK) {
                throw new IOException("status %d (expected: 200)".formatted(answer.statusCode()));
            }
            try (var in = answer.body()) {
                copy(in, copy);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(InputStream in, Path file) throws IOException {
        try (var out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = new byte[BUFFER];
            long size = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                size += count;
                refuseLarger(size);
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public String toString() {
        // Without what a URL may have of a password.
        return REMOTE.contains(source.getScheme())
                ? source.getScheme() + "://" + source.getHost() + source.getPath()
                : Path.of(source).toString();
    }
}
