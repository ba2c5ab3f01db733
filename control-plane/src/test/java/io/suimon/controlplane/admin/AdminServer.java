package io.suimon.controlplane.admin;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.document.Documents;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.security.AdminKey;
import io.suimon.controlplane.security.AdminKeys;
import io.suimon.controlplane.security.Role;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreFactory;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** The Admin API on a real socket over a real embedded store, without the container around it. */
final class AdminServer implements AutoCloseable {

    static final String KEY = "the-key-of-this-test";
    static final String VIEWER = "the-key-of-a-viewer";

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigStore store;
    private final StoreMirror mirror;
    private final HttpServer server;

    AdminServer(Path folder) throws InterruptedException {
        this(Map.of("suimon.store.path", folder.toString()));
    }

    /** @param settings by name; others are at their defaults */
    AdminServer(Map<String, String> settings) throws InterruptedException {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreConfig.class)
                .withMapping(AdminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        var storeConfig = config.getConfigMapping(StoreConfig.class);
        store = StoreFactory.open(storeConfig);
        mirror = new StoreMirror(
                store, Duration.ofSeconds(15), Duration.ofSeconds(1), System::nanoTime, RandomGenerator.getDefault());
        mirror.start();
        if (!mirror.await(1, Duration.ofSeconds(10))) {
            throw new IllegalStateException("the store was not read");
        }
        var catalog = PluginCatalog.load();
        var parser = new ResourceParser();
        var admission =
                new Admission(parser, catalog, new RuntimeCompiler(parser, catalog, PluginServices.forAdmission()));
        var nodes = new NodeRegistry(InstantSource.system(), 10);
        var plugins = new PluginsEndpoint(catalog);
        var resources = new ResourceEndpoint(
                mirror,
                new ResourceWriter(store, mirror, admission),
                new Envelope(storeConfig),
                new Timestamps(InstantSource.system()));
        var api = new AdminApi(
                mirror,
                resources,
                plugins,
                new SchemaEndpoint(plugins),
                new ConfigsEndpoint(
                        new Documents(store, mirror, admission, InstantSource.system()),
                        config.getConfigMapping(AdminConfig.class)),
                new SuimonEndpoint(catalog, nodes),
                new Receipts(nodes));
        var keys =
                new AdminKeys(List.of(AdminKey.of("boss", Role.ADMIN, KEY), AdminKey.of("eyes", Role.VIEWER, VIEWER)));
        var http = new AdminHttp(
                api,
                keys,
                config.getConfigMapping(AdminConfig.class),
                new AdminMetrics(new SimpleMeterRegistry()),
                vertx,
                threads);
        var router = Router.router(vertx);
        router.route().handler(http::handle);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
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
                .timeout(Duration.ofSeconds(20))
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
        mirror.close();
        store.close();
        threads.close();
        client.close();
    }
}
