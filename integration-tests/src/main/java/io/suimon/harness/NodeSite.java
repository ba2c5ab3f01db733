package io.suimon.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a data-plane node runs: ports of the loopback address that were free, and a folder for all it writes.
 *
 * @param root the checkout, with the application built
 */
public record NodeSite(
        Path root, Path folder, int trafficPort, int tlsPort, int statusPort, int metricsPort, int controlPort) {

    /** A site on free ports; the folder is there. */
    public static NodeSite in(Path root, Path folder) {
        var ports = Ports.free(5);
        return new NodeSite(root, folder, ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }

    /**
     * Starts the node without waiting for it; more settings win over those of the site.
     *
     * @param controlPlanePorts where control planes listen for nodes, on loopback
     */
    public PlaneProcess start(List<String> prefix, List<Integer> controlPlanePorts, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "SUIMON_TRAFFIC_PORT",
                "" + trafficPort,
                "SUIMON_TLS_PORT",
                "" + tlsPort,
                "SUIMON_STATUS_PORT",
                "" + statusPort,
                "SUIMON_METRICS_PORT",
                "" + metricsPort,
                "SUIMON_CONTROL_PORT",
                "" + controlPort,
                "SUIMON_CONTROL_PLANE_ADDRESSES",
                controlPlanePorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
                "SUIMON_CACHE_PATH",
                cache().toString()));
        settings.putAll(more);
        return PlaneProcess.start(root, "data-plane", prefix, settings, folder.resolve("data-plane.log"), readiness());
    }

    /** Where it keeps its copies of the configuration. */
    public Path cache() {
        return folder.resolve("cache");
    }

    /** What is answered 200 when it is ready. */
    public URI readiness() {
        return local(statusPort, "/status/ready");
    }

    /** A GET of its Prometheus metrics. */
    public HttpResponse<String> metrics() {
        return Gateway.send(HttpRequest.newBuilder(local(metricsPort, "/apisix/prometheus/metrics")));
    }

    /** One of those metrics, which has no labels. */
    public double metric(String name) {
        return Samples.value(metrics().body(), name);
    }

    /** A GET of its Control API. */
    public HttpResponse<String> control(String path, String accept) {
        return Gateway.send(HttpRequest.newBuilder(local(controlPort, path)).header("Accept", accept));
    }

    /** A GET through it. */
    public HttpResponse<String> get(String path) {
        return Gateway.send(HttpRequest.newBuilder(local(trafficPort, path)));
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
