package io.suimon.dataplane.discovery;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.suimon.dataplane.cache.CacheFolder;
import io.suimon.dataplane.upstream.Discovered;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.StoredResource;
import io.suimon.process.InvalidSettingException;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ServiceDiscoveryTest {

    private static final Endpoint ONE = new Endpoint("127.0.0.1", 8001, 1, 0);
    private static final Endpoint TWO = new Endpoint("127.0.0.2", 8002, 1, 0);
    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path path;

    private final FakeRegistry registry = new FakeRegistry();
    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final Map<String, String> settings = new HashMap<>(Map.of("discovery.patience", "100ms"));
    private final List<StoredResource> resources = new ArrayList<>();
    private final RuntimeCompiler compiler =
            new RuntimeCompiler(new ResourceParser(), PluginCatalog.load(), PluginServices.forAdmission());
    private volatile Runtime runtime = Runtime.EMPTY;
    private CacheFolder folder;
    private ServiceDiscovery discovery;

    @BeforeEach
    void open() throws IOException {
        folder = CacheFolder.open(path);
        discovery = make();
    }

    @AfterEach
    void close() throws IOException {
        discovery.close();
        folder.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void start(Registry... registries) throws IOException {
        discovery.close();
        discovery = make(registries);
    }

    private ServiceDiscovery make(Registry... registries) throws IOException {
        return new ServiceDiscovery(
                DiscoverySettings.of(settings),
                List.of(registries),
                () -> runtime,
                Clock.systemUTC(),
                DiscoverySettings.kept(folder, settings));
    }

    /** An upstream as the configuration has it. */
    private UpstreamTarget upstream(String id, String type, String service) {
        var key = new ResourceKey(ResourceKind.UPSTREAM, id);
        var json =
                "{\"type\":\"roundrobin\",\"service_name\":\"%s\",\"discovery_type\":\"%s\"}".formatted(service, type);
        resources.removeIf(one -> one.key().equals(key));
        resources.add(new StoredResource(key, 1, 1, json.getBytes(StandardCharsets.UTF_8)));
        var change = new ConfigChange(1, true, resources, List.of());
        var compiled = compiler.apply(runtime, change);
        assertThat(compiled.rejections()).isEmpty();
        runtime = compiled.runtime();
        return Objects.requireNonNull(runtime.target(key));
    }

    private UpstreamTarget upstream(String service) {
        return upstream("u", "fake", service);
    }

    private Discovered ask(UpstreamTarget target) {
        return discovery.of(target, System.nanoTime());
    }

    private List<Endpoint> found(UpstreamTarget target) {
        return ask(target) instanceof Discovered.Found(var found)
                ? found.upstream().endpoints()
                : List.of();
    }

    private String reason(UpstreamTarget target) {
        return ask(target) instanceof Discovered.Nothing(var reason) ? reason : "";
    }

    @Test
    void endpointsAreThoseTheRegistrySaidLast() throws IOException {
        start(registry);
        registry.has("s", ONE);
        var target = upstream("s");

        await().until(() -> found(target).equals(List.of(ONE)));
        registry.has("s", ONE, TWO);

        assertThat(found(target)).containsExactly(ONE, TWO);
        assertThat(discovery.status().services()).isOne();
        assertThat(discovery.status().endpoints()).isEqualTo(2);
    }

    @Test
    void everybodyHasTheSameTargetUntilEndpointsChange() throws IOException {
        start(registry);
        registry.has("s", ONE);
        var target = upstream("s");
        await().until(() -> !found(target).isEmpty());
        var first = ask(target);

        registry.has("s", ONE);
        var same = ask(target);
        registry.has("s", TWO);
        var other = ask(target);

        assertThat(same).isSameAs(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(((Discovered.Found) other).target().upstream().key())
                .isEqualTo(target.upstream().key());
        assertThat(discovery.current(target)).isEqualTo(((Discovered.Found) other).target());
    }

    @ParameterizedTest(name = "registry {0}, discovery_type {1}: {2}")
    @CsvSource({
        "false, fake, discovery is uninitialized",
        "true,  dns,  discovery dns is uninitialized",
    })
    void withoutARegistryThereIsNobodyToAsk(boolean any, String type, String reason) throws IOException {
        start(any ? new Registry[] {registry} : new Registry[0]);

        assertThat(reason(upstream("u", type, "s"))).isEqualTo(reason);
    }

    @Test
    void aServiceWithoutEndpointsIsBelieved() throws IOException {
        start(registry);
        registry.has("s", ONE);
        var target = upstream("s");
        await().until(() -> !found(target).isEmpty());

        registry.has("s");

        assertThat(reason(target)).isEqualTo("no valid upstream node: service s of fake has no endpoints");
    }

    @Test
    void whatWasFoundCountsOnWhileTheRegistryDoesNotSay() throws IOException {
        start(registry);
        registry.has("s", ONE);
        var target = upstream("s");
        await().until(() -> !found(target).isEmpty());

        registry.fails("s", "gone");

        assertThat(found(target)).containsExactly(ONE);
        assertThat(discovery.status().silent()).isOne();
        assertThat(discovery.status().failures()).isOne();
        registry.has("s", TWO);
        assertThat(found(target)).containsExactly(TWO);
        assertThat(discovery.status().silent()).isZero();
    }

    @Test
    void aFailureIsSaidWhereNothingIsKnown() throws IOException {
        start(registry);
        var target = upstream("s");
        assertThat(ask(target)).isEqualTo(Discovered.NotYet.INSTANCE);
        await().until(() -> registry.isFollowed("s"));

        registry.fails("s", "no\r\nserver");

        assertThat(reason(target)).isEqualTo("no valid upstream node: service s of fake: no server");
    }

    @Test
    void whoWaitsIsCalledWithTheFirstWordOrWhenPatienceEnds() throws Exception {
        settings.put("discovery.patience", "1h");
        start(registry);
        var target = upstream("s");
        ask(target);
        await().until(() -> registry.isFollowed("s"));
        var called = new CountDownLatch(2);

        assertThat(waits(target, called)).isTrue();
        registry.has("s", ONE);
        assertThat(waits(target, called)).isTrue(); // late for the word: it is there

        assertThat(called.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void patienceEnds() throws Exception {
        start(registry);
        var target = upstream("s");
        ask(target);
        var called = new CountDownLatch(1);

        assertThat(waits(target, called)).isTrue();

        assertThat(called.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ask(target)).isEqualTo(Discovered.NotYet.INSTANCE);
    }

    @Test
    void noMoreThanTheBoundWait() throws Exception {
        settings.putAll(Map.of("discovery.max-waiting", "1", "discovery.patience", "1h"));
        start(registry);
        var target = upstream("s");
        ask(target);
        await().until(() -> registry.isFollowed("s"));
        var called = new CountDownLatch(1);

        assertThat(waits(target, called)).isTrue();
        assertThat(waits(target, called)).isFalse();
        registry.has("s", ONE);

        assertThat(called.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(discovery.status().unanswered()).isOne();
        assertThat(waits(target, called)).isTrue();
    }

    private boolean waits(UpstreamTarget target, CountDownLatch called) {
        return CompletableFuture.supplyAsync(() -> discovery.await(target, loop, called::countDown) != null, loop)
                .join();
    }

    @Test
    void servicesOfAConfigurationAreFollowedBeforeAnybodyAsks() throws IOException {
        start(registry);
        var target = upstream("s");

        discovery.prepare(new ConfigChange(1, true, resources, List.of()), runtime);

        await().until(() -> registry.isFollowed("s"));
        assertThat(target).isEqualTo(runtime.target(target.upstream().key()));
    }

    @Test
    void noMoreServicesThanTheBoundAreFollowed() throws IOException {
        settings.put("discovery.max-services", "2");
        start(registry);
        registry.has("a", ONE);
        registry.has("b", TWO);
        var a = upstream("a", "fake", "a");
        var b = upstream("b", "fake", "b");
        var c = upstream("c", "fake", "c");

        await().until(() -> !found(a).isEmpty() && !found(b).isEmpty());

        assertThat(reason(c))
                .isEqualTo("no valid upstream node: 2 services are followed"
                        + " (expected: up to suimon.discovery.max-services, 2)");
    }

    @Test
    void aServiceNobodyNeedsIsForgotten() throws IOException {
        settings.put("discovery.forget-after", "0s");
        start(registry);
        registry.has("s", ONE);
        var needed = upstream("s");
        await().until(() -> !found(needed).isEmpty());

        upstream("other");

        await().atMost(30, TimeUnit.SECONDS).until(() -> !registry.isFollowed("s"));
    }

    @Test
    void aNodeThatRestartsHasEndpointsWithoutTheRegistry() throws IOException {
        start(registry);
        registry.has("s", ONE, TWO);
        var target = upstream("s");
        await().until(() -> !found(target).isEmpty());

        registry.close(); // it says nothing any more
        start(registry);

        assertThat(found(target)).containsExactly(ONE, TWO);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(KeptServices.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsKeptIsEncryptedWhereTheDiskCopyIs() throws IOException {
        settings.put("cache.key", KEY);
        start(registry);
        registry.has("secret-name", ONE);
        var target = upstream("secret-name");
        await().until(() -> !found(target).isEmpty());

        registry.close();
        start(registry);

        assertThat(found(target)).containsExactly(ONE);
        assertThat(Files.readString(path.resolve(KeptServices.FILE), StandardCharsets.ISO_8859_1))
                .startsWith("SuimonE")
                .doesNotContain("secret-name");
    }

    @ParameterizedTest(name = "byte {0} from the end is another one")
    @CsvSource({"1", "20", "60"})
    void whatIsDamagedOnDiskIsPassedOver(int fromEnd) throws IOException {
        start(registry);
        registry.has("s", ONE);
        var target = upstream("s");
        await().until(() -> !found(target).isEmpty());
        registry.close();
        discovery.close();
        var file = path.resolve(KeptServices.FILE);
        var bytes = Files.readAllBytes(file);

        bytes[bytes.length - fromEnd] ^= 1;
        Files.write(file, bytes);
        start(registry);

        assertThat(ask(target)).isEqualTo(Discovered.NotYet.INSTANCE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "patience, -1s, 'suimon.discovery.patience: PT-1S (expected: 0 or more)'",
        "max-waiting, -1, 'suimon.discovery.max-waiting: -1 (expected: 0 or more)'",
        "max-services, 0, 'suimon.discovery.max-services: 0 (expected: 1..1000000)'",
        "max-endpoints, 0, 'suimon.discovery.max-endpoints: 0 (expected: 1..100000)'",
        "forget-after, -1s, 'suimon.discovery.forget-after: PT-1S (expected: 0 or more)'",
    })
    void settingsOutOfBoundsAreRefused(String name, String value, String message) {
        settings.put("discovery." + name, value.equals("-1s") ? "PT-1S" : value);

        assertThatThrownBy(() -> start(registry))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }
}
