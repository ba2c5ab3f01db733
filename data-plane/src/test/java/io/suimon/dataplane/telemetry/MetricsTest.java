package io.suimon.dataplane.telemetry;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.http.RouteFacts;
import io.suimon.engine.http.UpstreamAttempt;
import io.suimon.engine.plugin.TrafficMetrics;
import io.suimon.engine.resource.ResourceKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricsTest {

    private static final TrafficMetrics.Labels IDS = TrafficMetrics.Labels.DEFAULT;
    private static final String TYPE = ",request_type=\"traditional_http\",request_llm_model=\"\",llm_model=\"\"";

    private final MetricsRegistry registry = new MetricsRegistry();
    private final Exposition exposition = new Exposition(registry);
    private final TrafficRecorder recorder = new TrafficRecorder(3);

    @Test
    void tellsOfAProxiedExchangeAsApisixDoes() {
        recorder.register(registry);

        recorder.record(proxied("1", 30_500_000, 20_000_000), IDS);

        var flow = "route=\"1\",service=\"s\",consumer=\"jack\",node=\"127.0.0.3\"" + TYPE;
        assertThat(told()).isEqualTo("""
                # HELP apisix_bandwidth Total bandwidth in bytes consumed per service in APISIX
                # TYPE apisix_bandwidth counter
                apisix_bandwidth{type="egress",%1$s} 350
                apisix_bandwidth{type="ingress",%1$s} 80
                # HELP apisix_http_latency HTTP request latency in milliseconds per service in APISIX
                # TYPE apisix_http_latency histogram
                %2$s%3$s%4$sapisix_http_latency_count{type="apisix",%1$s} 1
                apisix_http_latency_count{type="request",%1$s} 1
                apisix_http_latency_count{type="upstream",%1$s} 1
                apisix_http_latency_sum{type="apisix",%1$s} 10.5
                apisix_http_latency_sum{type="request",%1$s} 30.5
                apisix_http_latency_sum{type="upstream",%1$s} 20
                # HELP apisix_http_status HTTP status codes per service in APISIX
                # TYPE apisix_http_status counter
                apisix_http_status{code="200",route="1",matched_uri="/a/*",matched_host="*.example",service="s",consumer="jack",node="127.0.0.3"%5$s,response_source="upstream"} 1
                # HELP suimon_metrics_overflow_total Times an exchange was counted under the route other because there were too many series
                # TYPE suimon_metrics_overflow_total counter
                suimon_metrics_overflow_total 0
                """.formatted(
                        flow,
                        buckets("apisix", flow, "20 50 100 200 500 1000 2000 5000 10000 30000 60000 +Inf"),
                        buckets("request", flow, "50 100 200 500 1000 2000 5000 10000 30000 60000 +Inf"),
                        buckets("upstream", flow, "20 50 100 200 500 1000 2000 5000 10000 30000 60000 +Inf"),
                        TYPE));
    }

    @Test
    void anExchangeEndedByAPluginHasNoNodeAndNoUpstreamLatency() {
        recorder.register(registry);

        recorder.record(refused(), IDS);

        assertThat(told())
                .contains(
                        "code=\"401\",route=\"1\",matched_uri=\"/a\",matched_host=\"\",service=\"\",consumer=\"\",node=\"\"")
                .contains("response_source=\"apisix\"} 1")
                .doesNotContain("type=\"upstream\"");
    }

    @Test
    void anUnmatchedExchangeHasEmptyLabels() {
        recorder.register(registry);

        recorder.record(new Exchange(connection()), IDS);

        assertThat(told()).contains("route=\"\",matched_uri=\"\",matched_host=\"\",service=\"\"");
    }

    @Test
    void namesMayStandForIds() {
        recorder.register(registry);

        recorder.record(proxied("1", 1, 1), new TrafficMetrics.Labels(true, Map.of()));

        assertThat(told()).contains("route=\"route of 1\"").contains("service=\"s\"");
    }

    @Test
    void disabledLabelsKeepNoValue() {
        recorder.register(registry);
        var labels = new TrafficMetrics.Labels(
                false,
                Map.of(
                        "http_status", Set.of("route", "response_source"),
                        "bandwidth", Set.of("node", "consumer", "request_type")));

        recorder.record(proxied("1", 1, 1), labels);

        assertThat(told())
                .contains("apisix_http_status{code=\"200\",route=\"\",matched_uri=\"/a/*\"")
                .contains("response_source=\"\"} 1")
                .contains(
                        "apisix_http_latency_count{type=\"request\",route=\"1\",service=\"s\",consumer=\"jack\",node=\"127.0.0.3\"")
                .contains(
                        "apisix_bandwidth{type=\"egress\",route=\"1\",service=\"s\",consumer=\"\",node=\"\",request_type=\"\"")
                .doesNotContain("apisix_bandwidth{type=\"egress\",route=\"1\",service=\"s\",consumer=\"jack\"");
    }

    @Test
    void addsUpWhatSeveralThreadsCounted() throws InterruptedException {
        recorder.register(registry);
        var threads = List.of(new Thread(this::recordOften), new Thread(this::recordOften));

        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(told()).contains("response_source=\"upstream\"} 2000");
    }

    @Test
    void beyondTheLimitExchangesAreCountedTogether() {
        recorder.register(registry);

        for (int i = 1; i <= 5; i++) {
            recorder.record(proxied("r" + i, 1, 1), IDS);
        }

        assertThat(told())
                .contains("route=\"r3\"")
                .doesNotContain("route=\"r4\"")
                .contains("code=\"200\",route=\"other\",matched_uri=\"\"")
                .contains("response_source=\"upstream\"} 2")
                .contains("suimon_metrics_overflow_total 4");
    }

    @Test
    void tellsOfTheNode() {
        var metrics = new NodeMetrics(
                new FixedFacts(new NodeFacts.Configuration(
                        true,
                        42,
                        Instant.ofEpochSecond(100),
                        1,
                        Map.of(ResourceKind.ROUTE, 40L, ResourceKind.SSL, 41L))),
                () -> Instant.ofEpochMilli(101_500));

        metrics.register(registry, "host\"1", "3.18.0");

        assertThat(told())
                .contains("apisix_node_info{hostname=\"host\\\"1\",version=\"3.18.0\"} 1\n")
                .contains("apisix_nginx_http_current_connections{state=\"accepted\"} 10\n")
                .contains("apisix_nginx_http_current_connections{state=\"waiting\"} 3\n")
                .contains("apisix_http_requests_total 100\n")
                .contains("# TYPE apisix_http_requests_total gauge\n")
                .contains("apisix_etcd_reachable 1\n")
                .contains("apisix_etcd_modify_indexes{key=\"consumers\"} 0\n")
                .contains("apisix_etcd_modify_indexes{key=\"max_modify_index\"} 41\n")
                .contains("apisix_etcd_modify_indexes{key=\"routes\"} 40\n")
                .contains("apisix_etcd_modify_indexes{key=\"x_etcd_index\"} 42\n")
                .contains("suimon_configuration_age_seconds 1.5\n")
                .contains("suimon_configuration_rejected_resources 1\n");
    }

    @Test
    void familiesAreToldByName() {
        registry.gauge("b", "B", () -> 2);
        registry.counter("a_total", "line\nbreak", () -> 0.25);

        assertThat(told()).isEqualTo("""
                # HELP a_total line\\nbreak
                # TYPE a_total counter
                a_total 0.25
                # HELP b B
                # TYPE b gauge
                b 2
                """);
    }

    @Test
    void aNameBelongsToOneFeature() {
        registry.gauge("a", "A", () -> 1);

        assertThatThrownBy(() -> registry.gauge("a", "A", () -> 1)).hasMessage("metric: a is there already");
    }

    private String told() {
        return exposition.render();
    }

    private void recordOften() {
        var exchange = proxied("1", 1, 1);
        for (int i = 0; i < 1000; i++) {
            recorder.record(exchange, IDS);
        }
    }

    private static String buckets(String type, String flow, String bounds) {
        return List.of(bounds.split(" ")).stream()
                .map(bound -> "apisix_http_latency_bucket{type=\"" + type + "\"," + flow + ",le=\"" + bound + "\"} 1\n")
                .collect(Collectors.joining());
    }

    private static Exchange proxied(String route, long nanos, long upstreamNanos) {
        var exchange = new Exchange(connection());
        exchange.matched(
                new RouteFacts("routes/" + route, route, "route of " + route, "s", null), "/a/*", "*.example:80");
        exchange.authenticated(new AuthenticatedConsumer("jack", null, null, null, Map.of()));
        var attempt = new UpstreamAttempt(new InetSocketAddress(address(127, 0, 0, 3), 1980), "a");
        attempt.totalNanos = upstreamNanos;
        exchange.attempts().add(attempt);
        exchange.response().status(200);
        exchange.response().source(ResponseHead.Source.UPSTREAM);
        exchange.timing().startNanos = 5;
        exchange.timing().endNanos = 5 + nanos;
        exchange.timing().requestBytes = 80;
        exchange.timing().responseBytes = 350;
        return exchange;
    }

    private static Exchange refused() {
        var exchange = new Exchange(connection());
        exchange.matched(new RouteFacts("routes/1", "1", null, null, null), "/a", null);
        exchange.response().status(401);
        exchange.timing().requestBytes = 80;
        return exchange;
    }

    private static InetAddress address(int... parts) {
        var bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ClientConnection connection() {
        return new ClientConnection(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9080),
                null,
                1);
    }

    private record FixedFacts(NodeFacts.Configuration configuration) implements NodeFacts {
        @Override
        public Traffic traffic() {
            return new Traffic(10, 5, 2, 100);
        }
    }
}
