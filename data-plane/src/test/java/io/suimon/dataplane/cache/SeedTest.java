package io.suimon.dataplane.cache;

import com.sun.net.httpserver.HttpServer;
import io.suimon.process.InvalidSettingException;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeedTest {

    @TempDir
    Path path;

    private final CacheCounters counters = new CacheCounters();
    private final List<SnapshotCache> caches = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer origin;
    private Path copy;
    private CacheFolder folder;

    @BeforeEach
    void makeACopy() throws IOException {
        try (var other = CacheFolder.open(path.resolve("other"))) {
            try (var cache = new SnapshotCache(other, CacheSettings.of(path.resolve("other")), counters)) {
                cache.offer(whole -> Configurations.of(7, 100));
            }
            copy = other.generations().getFirst();
        }
        folder = CacheFolder.open(path.resolve("cache"));
        serve();
    }

    private void serve() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var bytes = Files.readAllBytes(copy);
        origin.createContext("/seed", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        origin.createContext("/torn", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Arrays.copyOf(bytes, bytes.length / 2));
            exchange.close();
        });
        origin.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/seed");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        origin.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes, 0, 10);
            exchange.getResponseBody().flush();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        origin.setExecutor(Thread::startVirtualThread);
        origin.start();
    }

    @AfterEach
    void close() throws IOException {
        caches.forEach(SnapshotCache::close); // one that still writes would do so into a folder that is being deleted
        released.countDown();
        origin.stop(0);
        folder.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PATH", "FILE", "URL/seed", "URL/moved", "URL/seed?token=secret"})
    void nodeWithoutACopyBeginsWithItAndKeepsIt(String seed) throws IOException {
        try (var cache = cache(settings().withSeed(located(seed)))) {
            assertThat(cache.load()).contains(Configurations.of(7, 100));
        }

        assertThat(cache(settings()).load()).contains(Configurations.of(7, 100));
    }

    @Test
    void ownCopyComesFirst() throws IOException {
        try (var cache = cache(settings())) {
            cache.offer(whole -> Configurations.of(3, 1));
        }

        assertThat(cache(settings().withSeed(copy.toString())).load()).contains(Configurations.of(3, 1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"URL/torn", "URL/nothing", "URL/slow", "http://127.0.0.1:1/", "/nowhere"})
    void whatCannotBeUsedIsNoCrash(String seed) throws IOException {
        var time = seed.equals("URL/slow") ? Duration.ofMillis(500) : TestPatience.LONG;

        assertThat(cache(settings().withSeed(located(seed)).withSeedWithin(time))
                        .load())
                .isEmpty();
        assertThat(path.resolve("cache")).isDirectoryNotContaining("glob:**seed*");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PATH", "URL/seed"})
    void largerOneThanAllowedIsNotRead(String seed) throws IOException {
        assertThat(cache(settings().withSeed(located(seed)).withSeedOfAtMost(Files.size(copy) - 1))
                        .load())
                .isEmpty();
        assertThat(cache(settings().withSeed(located(seed)).withSeedOfAtMost(Files.size(copy)))
                        .load())
                .isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ftp://a/b", "http:", "http://", "file:relative", "https://a b/"})
    void whatIsNeitherPathNorUrlIsRefused(String seed) {
        assertThatThrownBy(() -> cache(settings().withSeed(seed)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("suimon.cache.seed: " + seed);
    }

    private String located(String seed) {
        return seed.replace("URL", "http://127.0.0.1:" + origin.getAddress().getPort())
                .replace("PATH", copy.toString())
                .replace("FILE", copy.toUri().toString());
    }

    private CacheSettings settings() {
        return CacheSettings.of(path.resolve("cache"));
    }

    private SnapshotCache cache(CacheSettings settings) throws IOException {
        var cache = new SnapshotCache(folder, settings, counters);
        caches.add(cache);
        return cache;
    }
}
