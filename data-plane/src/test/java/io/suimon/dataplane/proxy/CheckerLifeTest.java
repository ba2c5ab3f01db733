package io.suimon.dataplane.proxy;

import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the health page shows from before the first request to behind the end of an upstream. */
class CheckerLifeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String CHECKS = "\"checks\":{\"active\":{\"type\":\"tcp\"}}";

    @Test
    void aCheckerHasNodesFromTheFirstRequestOnAndEndsWithItsUpstream() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(origin.port(), CHECKS))
                        .start()) {
            var directory = gateway.health().directory();
            assertThat(directory.all()).extracting(CheckerStatus::name).containsExactly("/apisix/routes/r0");
            assertThat(directory.all().getFirst().nodes()).isEmpty();

            gateway.exchange(GET);

            await().atMost(PATIENCE)
                    .until(() -> directory.all().getFirst().nodes().size() == 1);
            gateway.reload("\"plugins\":{}");
            await().atMost(PATIENCE).until(() -> directory.all().isEmpty());
            assertThat(directory.of(new ResourceKey(ResourceKind.ROUTE, "r0"))).isNull();
        }
    }

    @Test
    void aNodeIsShownAsItIsProbed() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var probed = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = new TestGateway()
                        .route(("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"localhost:%d\":1},"
                                        + "\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test\","
                                        + "\"checks\":{\"active\":{\"port\":%d,\"healthy\":{},\"unhealthy\":{}}}}")
                                .formatted(origin.port(), probed.port()))
                        .start()) {
            var directory = gateway.health().directory();

            gateway.exchange(GET);

            await().atMost(PATIENCE).until(() -> !probed.heads.isEmpty());
            assertThat(probed.heads.getFirst()).contains("\r\nHost: up.test\r\n");
            assertThat(directory.all().getFirst().nodes()).singleElement().satisfies(node -> {
                assertThat(node.port()).isEqualTo(probed.port());
                assertThat(node.hostname()).isEqualTo("localhost");
                assertThat(node.ip()).isNotEqualTo("localhost");
                assertThat(node.hostHeader()).isEqualTo("up.test");
            });
        }
    }
}
