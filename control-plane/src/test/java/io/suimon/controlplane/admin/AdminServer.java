package io.suimon.controlplane.admin;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.document.Documents;
import io.suimon.controlplane.mirror.LossLimit;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.secret.SecretConfig;
import io.suimon.controlplane.secret.SecretResolver;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.security.AdminKey;
import io.suimon.controlplane.security.AdminKeySource;
import io.suimon.controlplane.security.AdminKeys;
import io.suimon.controlplane.security.EncryptionConfig;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.security.KeyringSource;
import io.suimon.controlplane.security.Role;
import io.suimon.controlplane.security.StoredSecrets;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.MeteredConfigStore;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreFactory;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.process.TestPatience;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The Admin API on a real socket over a real store, without the container around it. */
final class AdminServer implements AutoCloseable {

    static final String KEY = "the-key-of-this-test";
    static final String VIEWER = "the-key-of-a-viewer";

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MeteredConfigStore store;
    private final NodeRegistry nodes = new NodeRegistry(InstantSource.system(), 10);
    private final StoreMirror mirror;
    private final SecretResolver secrets;
    private final AdminListener listener;
    private @Nullable StreamServer stream;
    private final OpenApiDocument openApi;
    private Runnable afterwards = () -> {};

    /** One with an embedded store in a folder, and everything else as it is by default. */
    AdminServer(Path folder) throws InterruptedException {
        this(folder, Map.of());
    }

    /** One with an embedded store in a folder, and these settings beside it. */
    AdminServer(Path folder, Map<String, String> settings) throws InterruptedException {
        this(with(settings, "suimon.store.path", folder.toString()));
    }

    /** @param chosen settings by name; others are at their defaults */
    AdminServer(Map<String, String> chosen) throws InterruptedException {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(chosen, "test", 100))
                .withDefaultValue("suimon.admin.port", "0")
                .withDefaultValue("suimon.store.write-deadline", "20s") // for disks that others use, too
                .withMapping(StoreConfig.class)
                .withMapping(AdminConfig.class)
                .withMapping(AccessConfig.class)
                .withMapping(EncryptionConfig.class)
                .withMapping(SecretConfig.class)
                .build();
        var admin = config.getConfigMapping(AdminConfig.class);
        var settings = config.getConfigMapping(StoreConfig.class);
        store = StoreFactory.open(settings);
        var catalog = PluginCatalog.load();
        var encryptionConfig = config.getConfigMapping(EncryptionConfig.class);
        var encryption =
                new FieldEncryption(KeyringSource.keyring(encryptionConfig), encryptionConfig.enabled(), catalog);
        mirror = new StoreMirror(
                store,
                new StoredSecrets(encryption),
                LossLimit.NONE,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                System::nanoTime,
                RandomGenerator.getDefault());
        mirror.start();
        if (!mirror.await(1, TestPatience.LONG)) {
            throw new IllegalStateException("the store was not read");
        }
        var parser = new ResourceParser();
        var admission =
                new Admission(parser, catalog, new RuntimeCompiler(parser, catalog, PluginServices.forAdmission()));
        secrets = new SecretResolver(
                config.getConfigMapping(SecretConfig.class),
                Map.of(),
                InstantSource.system(),
                RandomGenerator.getDefault());
        mirror.listen(secrets);
        secrets.start();
        var writer = new ResourceWriter(store, mirror, admission, encryption);
        var plugins = new PluginsEndpoint(catalog, new PluginReload(writer, catalog));
        var resources = new ResourceEndpoint(
                mirror, writer, new Envelope(settings, encryption), new Timestamps(InstantSource.system()));
        var api = new AdminApi(
                mirror,
                new ResourceDialect(resources, admin, settings),
                plugins,
                new SchemaEndpoint(plugins),
                new ConfigsEndpoint(new Documents(store, mirror, admission, encryption, InstantSource.system()), admin),
                new SuimonEndpoint(
                        catalog, nodes, secrets, new StoreAcceptance(mirror), new StoreStatus(mirror, store)),
                new Receipts(nodes, admin));
        openApi = new OpenApiDocument(catalog, admin);
        var access = config.getConfigMapping(AccessConfig.class);
        var keys = access.keyRequired()
                ? new AdminKeys(List.of(AdminKey.of("boss", Role.ADMIN, KEY), AdminKey.of("eyes", Role.VIEWER, VIEWER)))
                : AdminKeySource.keys(access, admin.host());
        var http = new AdminHttp(api, keys, admin, new AdminMetrics(metrics), vertx, threads);
        listener = new AdminListener(vertx, http, new AdminTls(admin, vertx), admin);
        listener.start();
    }

    /** The same, and this is done once it is closed. */
    AdminServer closing(Runnable then) {
        afterwards = then;
        return this;
    }

    /** Writes to the store past the API, as others do who write to it; returns when reads show it. */
    void writePastTheApi(Mutation mutation) {
        if (!(store.commit(List.of(), List.of(mutation)) instanceof Commit.Done(var revision))) {
            throw new AssertionError(mutation.path() + ": not written");
        }
        try {
            mirror.await(revision, TestPatience.LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Closes the store alone, under the API that runs on. */
    void closeStore() {
        store.close();
    }

    /** What lies in the store, by path, as far as the mirror has seen it: whatever was answered. */
    Map<String, String> stored() {
        var values = new TreeMap<String, String>();
        for (var entry : mirror.view().range("")) {
            values.put(entry.path(), new String(entry.value(), StandardCharsets.UTF_8));
        }
        return values;
    }

    /** The same as nodes get it. */
    String plain(String path) {
        return new String(
                Objects.requireNonNull(mirror.view().plain().get(path)).value(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        var all = new TreeMap<>(settings);
        all.put(name, value);
        return all;
    }

    /** What this API says of itself. */
    byte[] openApi() {
        return openApi.json();
    }

    int port() {
        return listener.port();
    }

    /** The configuration stream of this control plane, with a heartbeat of 5 s; begins to listen with the first call. */
    synchronized StreamServer stream() {
        var running = stream;
        if (running != null) {
            return running;
        }
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValue("suimon.stream.port", "0")
                .withDefaultValue("suimon.stream.heartbeat", "5s")
                .withMapping(StreamConfig.class)
                .build();
        var started = new StreamServer(
                config.getConfigMapping(StreamConfig.class), mirror, secrets::listen, nodes, new StreamCounters());
        try {
            started.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stream = started;
        return started;
    }

    /** Ends the listener as the end of the process does. */
    void stopListening() {
        listener.stop();
    }

    /** What the store holds at a path below its prefix. */
    String stored(String path) {
        var entry = mirror.view().get(path);
        if (entry == null) {
            throw new AssertionError(path + ": nothing stored");
        }
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    /** What lies in the store, as the mirror shows it. */
    List<StoredEntry> entries() {
        return mirror.view().range("");
    }

    long revision() {
        return mirror.view().revision();
    }

    /** Sends with the key of an admin. An empty body means none. */
    HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "X-API-KEY", KEY);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(TestPatience.LONG)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        listener.stop();
        var running = stream;
        if (running != null) {
            running.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
        secrets.close();
        mirror.close();
        store.close();
        threads.close();
        client.close();
        afterwards.run();
    }
}
