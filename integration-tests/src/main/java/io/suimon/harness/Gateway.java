package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One control plane with one node, as processes on free ports of the loopback address; all they write lies in one folder. */
public final class Gateway {

    public static final String ADMIN_KEY = "a-key-for-tests-only-0123456789ab";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Path root;
    private final Path folder;
    private final int adminPort;
    private final int streamPort;
    private final int managementPort;
    private final int trafficPort;
    private final int statusPort;
    private final int metricsPort;
    private final int controlPort;

    /**
     * Describes a gateway without starting it.
     *
     * @param root the checkout, with both applications built
     * @param folder where stores, caches and logs go
     */
    public Gateway(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        var ports = Ports.free(7);
        adminPort = ports.get(0);
        streamPort = ports.get(1);
        managementPort = ports.get(2);
        trafficPort = ports.get(3);
        statusPort = ports.get(4);
        metricsPort = ports.get(5);
        controlPort = ports.get(6);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the control plane; more settings win over its own. */
    public PlaneProcess startControlPlane(List<String> prefix, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "SUIMON_ADMIN_PORT",
                "" + adminPort,
                "SUIMON_STREAM_PORT",
                "" + streamPort,
                "SUIMON_MANAGEMENT_PORT",
                "" + managementPort,
                "SUIMON_ADMIN_KEY",
                ADMIN_KEY,
                "SUIMON_ADMIN_KEY_FILE",
                folder.resolve("admin.key").toString(),
                "SUIMON_STORE_PATH",
                folder.resolve("store").toString()));
        settings.putAll(more);
        return PlaneProcess.start(
                root,
                "control-plane",
                prefix,
                settings,
                folder.resolve("control-plane.log"),
                local(managementPort, "/q/health/ready"));
    }

    /** Starts the node; more settings win over its own. */
    public PlaneProcess startDataPlane(List<String> prefix, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "SUIMON_TRAFFIC_PORT", "" + trafficPort,
                "SUIMON_STATUS_PORT", "" + statusPort,
                "SUIMON_METRICS_PORT", "" + metricsPort,
                "SUIMON_CONTROL_PORT", "" + controlPort,
                "SUIMON_CONTROL_PLANE_ADDRESSES", "127.0.0.1:" + streamPort,
                "SUIMON_CACHE_PATH", folder.resolve("cache").toString()));
        settings.putAll(more);
        return PlaneProcess.start(
                root,
                "data-plane",
                prefix,
                settings,
                folder.resolve("data-plane.log"),
                local(statusPort, "/status/ready"));
    }

    /** A request to the Admin API, with the key; an empty body is none. */
    public HttpResponse<String> admin(String method, String path, String body) {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return send(HttpRequest.newBuilder(local(adminPort, path))
                .header("X-API-KEY", ADMIN_KEY)
                .method(method, publisher));
    }

    /** A GET of the Prometheus metrics of the node. */
    public HttpResponse<String> metrics() {
        return send(HttpRequest.newBuilder(local(metricsPort, "/apisix/prometheus/metrics")));
    }

    /** A GET through the node. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(local(trafficPort, path)));
    }

    /** Sends a request, which has 10 s. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int trafficPort() {
        return trafficPort;
    }

    public int adminPort() {
        return adminPort;
    }

    /** Where the control plane listens for nodes. */
    public int streamPort() {
        return streamPort;
    }

    public int managementPort() {
        return managementPort;
    }

    public Path folder() {
        return folder;
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
