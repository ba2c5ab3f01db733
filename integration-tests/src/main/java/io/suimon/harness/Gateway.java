package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One control plane with one node, as processes on free ports of the loopback address; all they write lies in one folder. */
public final class Gateway {

    /** For an answer, on a machine that does other things, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final Path folder;
    private final ControlPlaneSite controlPlane;
    private final NodeSite node;

    /**
     * Describes a gateway without starting it.
     *
     * @param root the checkout, with both applications built
     * @param folder where stores, caches and logs go
     */
    public Gateway(Path root, Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        controlPlane = ControlPlaneSite.in(root, folder);
        node = NodeSite.in(root, folder);
    }

    /** Starts the control plane; more settings win over its own. */
    public PlaneProcess startControlPlane(List<String> prefix, Map<String, String> more) {
        return controlPlane.start(prefix, more);
    }

    /** Starts the node; more settings win over its own. */
    public PlaneProcess startDataPlane(List<String> prefix, Map<String, String> more) {
        return node.start(prefix, List.of(controlPlane.streamPort()), more);
    }

    /** A request to the Admin API, with the key; an empty body is none. */
    public HttpResponse<String> admin(String method, String path, String body) {
        return controlPlane.admin(method, path, body);
    }

    /** A GET of the Prometheus metrics of the node. */
    public HttpResponse<String> metrics() {
        return node.metrics();
    }

    /** A GET of the Control API of the node. */
    public HttpResponse<String> control(String path, String accept) {
        return node.control(path, accept);
    }

    /** A GET through the node. */
    public HttpResponse<String> get(String path) {
        return node.get(path);
    }

    /** Sends a request, which has 10 s. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The node's port for HTTPS. */
    public int tlsPort() {
        return node.tlsPort();
    }

    public int trafficPort() {
        return node.trafficPort();
    }

    public int adminPort() {
        return controlPlane.adminPort();
    }

    /** Where the control plane listens for nodes. */
    public int streamPort() {
        return controlPlane.streamPort();
    }

    public int managementPort() {
        return controlPlane.managementPort();
    }

    public Path folder() {
        return folder;
    }
}
