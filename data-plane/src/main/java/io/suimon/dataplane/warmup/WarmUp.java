package io.suimon.dataplane.warmup;

import io.suimon.dataplane.listener.Network;
import io.suimon.dataplane.listener.Ports;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.listener.TrafficContext;
import io.suimon.dataplane.listener.TrafficListener;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Runs in the very code that traffic takes: a listener of its own, on loopback, with routes of its own, between clients and an origin
 * that live in this process, in HTTP/1.1 and then in HTTP/2. What the virtual machine compiles in that time it does not compile while
 * clients wait.
 *
 * <p>Nothing of it is left behind: no port, no thread, no count in any metric.
 */
public final class WarmUp {

    /** Connections come and go meanwhile: that is run in, too. */
    private static final int REQUESTS_PER_CONNECTION = 500;

    /** Of the time. The exchange is that of HTTP/1.1, which goes first. */
    private static final int HTTP_2_PERCENT = 40;

    private final TrafficConfig traffic;
    private final TlsConfig tls;
    private final RuntimeCompiler compiler;

    /**
     * @param traffic what the node's own listener is set to; other ports are taken
     * @param compiler its filters must count nothing that people see
     */
    public WarmUp(TrafficConfig traffic, TlsConfig tls, RuntimeCompiler compiler) {
        this.traffic = traffic;
        this.tls = tls;
        this.compiler = compiler;
    }

    /**
     * How many requests were answered.
     *
     * @param http1 in HTTP/1.1
     * @param http2 in HTTP/2; none where clients may not speak it
     */
    public record Answered(long http1, long http2) {}

    /**
     * Sends requests for this long; blocks.
     *
     * @throws IOException when loopback cannot be used
     */
    public Answered run(Duration time) throws IOException {
        try (var origin = WarmUpOrigin.start()) {
            var runtime = runtime(origin.port());
            try (var listener = new TrafficListener(
                    Ports.ofLoopback(), Network.of(traffic), traffic, tls, TrafficContext.of(() -> runtime))) {
                listener.start();
                return send(listener.port(), time);
            }
        }
    }

    private Answered send(int port, Duration time) throws IOException {
        int requests = Math.min(REQUESTS_PER_CONNECTION, traffic.maxRequestsPerConnection());
        if (!traffic.http2().enabled()) {
            return new Answered(WarmUpClients.send(port, requests, time), 0);
        }
        var ofHttp2 = time.multipliedBy(HTTP_2_PERCENT).dividedBy(100);
        long http1 = WarmUpClients.send(port, requests, time.minus(ofHttp2));
        return new Answered(
                http1, WarmUpStreams.send(port, requests, traffic.http2().maxStreams(), ofHttp2));
    }

    private Runtime runtime(int origin) {
        var upstream = "\"upstream\":{\"nodes\":{\"127.0.0.1:" + origin + "\":1}}";
        var puts = List.of(
                resource(ResourceKind.ROUTE, "plain", "{\"uri\":\"/*\"," + upstream + "}"),
                resource(
                        ResourceKind.ROUTE,
                        "filtered",
                        "{\"uri\":\"/filtered/*\",\"plugins\":{\"response-rewrite\":{\"headers\":{\"set\":{\"X-Warm\":\"1\"}}}},"
                                + upstream + "}"));
        return compiler.apply(Runtime.EMPTY, new ConfigChange(1, true, puts, List.of()))
                .runtime();
    }

    private static StoredResource resource(ResourceKind kind, String id, String json) {
        return new StoredResource(new ResourceKey(kind, id), 1, 1, json.getBytes(StandardCharsets.UTF_8));
    }
}
