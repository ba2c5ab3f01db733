package io.suimon.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a control plane runs: ports of the loopback address that were free, and a folder for all it writes.
 *
 * @param root the checkout, with the application built
 */
public record ControlPlaneSite(Path root, Path folder, int adminPort, int streamPort, int managementPort) {

    public static final String ADMIN_KEY = "a-key-for-tests-only-0123456789ab";

    /** A site on free ports; the folder is there. */
    public static ControlPlaneSite in(Path root, Path folder) {
        var ports = Ports.free(3);
        return new ControlPlaneSite(root, folder, ports.get(0), ports.get(1), ports.get(2));
    }

    /** Starts the control plane without waiting for it; more settings win over those of the site. */
    public PlaneProcess start(List<String> prefix, Map<String, String> more) {
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
                root, "control-plane", prefix, settings, folder.resolve("control-plane.log"), readiness());
    }

    /** What is answered 200 when it is ready. */
    public URI readiness() {
        return URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
    }

    /** One of its metrics, which has no labels. */
    public double metric(String name) {
        var metrics = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        return Samples.value(Gateway.send(HttpRequest.newBuilder(metrics)).body(), name);
    }

    /** A request to the Admin API, with the key; an empty body is none. */
    public HttpResponse<String> admin(String method, String path, String body) {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return Gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .header("X-API-KEY", ADMIN_KEY)
                .method(method, publisher));
    }
}
