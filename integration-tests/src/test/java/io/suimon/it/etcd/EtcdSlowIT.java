package io.suimon.it.etcd;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.Gateway;
import io.suimon.it.Checkout;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Five seconds of delay between control plane and etcd: reads answer at once, a write says what may become of it, and nothing flaps. */
class EtcdSlowIT {

    private static final String ROUTE = "{\"uri\":\"/%s\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}}";
    private static final Duration SLOW_FOR = Duration.ofMillis(Long.getLong("suimon.it.slow-millis", 12_000));

    @TempDir
    Path folder;

    @Test
    void aWriteTimesOutAndTellsAndItsFateCanBeFoundOut() {
        try (var cluster = EtcdCluster.start(3, folder.resolve("etcd"))) {
            var gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
            try (var controlPlane =
                    gateway.startControlPlane(List.of(), cluster.settings()).awaitReady()) {
                assertThat(put(gateway, "before").statusCode()).isEqualTo(201);
                var seen = gateway.admin("GET", "/apisix/admin/routes/1", "");
                int logged = controlPlane.log().length();
                cluster.proxies().forEach(proxy -> proxy.delay(Duration.ofSeconds(5)));
                long start = System.nanoTime();

                var write = put(gateway, "during");

                var took = Duration.ofNanos(System.nanoTime() - start);
                assertThat(write.statusCode()).isEqualTo(503);
                assertThat(write.body()).contains("\"may_take_effect\":true", "no answer within the deadline");
                assertThat(took).isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(9));
                readsAnswerAtOnceFor(gateway, SLOW_FOR);
                assertThat(flaps(controlPlane.log().substring(logged))).isEmpty();
                assertThat(cluster.proxies().stream().mapToInt(FaultProxy::open).sum())
                        .isLessThanOrEqualTo(6);

                cluster.proxies().forEach(FaultProxy::heal);
                var found = await().until(
                                () -> gateway.admin("GET", "/apisix/admin/routes/1", ""),
                                answer -> answer.headers()
                                        .firstValue("X-Suimon-Stale")
                                        .isEmpty());
                var tag = seen.headers().firstValue("ETag").orElseThrow();
                assertThat(found.headers().firstValue("X-Suimon-Revision")).isPresent();
                boolean tookEffect =
                        !found.headers().firstValue("ETag").orElseThrow().equals(tag);
                assertThat(conditional(gateway, tag)).isEqualTo(tookEffect ? 412 : 200);
            }
        }
    }

    private static java.net.http.HttpResponse<String> put(Gateway gateway, String uri) {
        return gateway.admin("PUT", "/apisix/admin/routes/1", ROUTE.formatted(uri));
    }

    private static void readsAnswerAtOnceFor(Gateway gateway, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            long start = System.nanoTime();
            assertThat(gateway.admin("GET", "/apisix/admin/routes/1", "").statusCode())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static List<String> flaps(String log) {
        return log.lines().filter(line -> !line.contains(" write key=")).toList();
    }

    private static int conditional(Gateway gateway, String tag) {
        return Gateway.send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + gateway.adminPort() + "/apisix/admin/routes/1"))
                        .header("X-API-KEY", ControlPlaneSite.ADMIN_KEY)
                        .header("If-Match", tag)
                        .PUT(HttpRequest.BodyPublishers.ofString(ROUTE.formatted("after"))))
                .statusCode();
    }
}
