package io.suimon.dataplane.control;

import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.health.Health;
import io.suimon.engine.health.HealthState;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthPagesTest {

    private final Known known = new Known(new ArrayList<>());
    private final HealthPages pages = new HealthPages(known);

    private record Known(List<CheckerStatus> all) implements HealthDirectory {
        @Override
        public @Nullable CheckerStatus of(ResourceKey key) {
            return all.stream().filter(one -> one.key().equals(key)).findFirst().orElse(null);
        }

        @Override
        public boolean exists(ResourceKey key) {
            return key.id().equals("bare") || of(key) != null;
        }
    }

    private static ResourceKey upstream(String id) {
        return new ResourceKey(ResourceKind.UPSTREAM, id);
    }

    @Test
    void tellsAllThatIsKnownOfEachNode() {
        known.all.add(new CheckerStatus(
                upstream("1"),
                HealthCheck.Type.HTTPS,
                List.of(
                        new CheckerStatus.Node("127.0.0.3", 1980, "a.test", null, Health.INITIAL),
                        new CheckerStatus.Node(
                                "127.0.0.4",
                                1981,
                                "127.0.0.4",
                                "up.test",
                                new Health(HealthState.MOSTLY_UNHEALTHY, 1, 2, 3, 4)))));

        var page = pages.all(false);

        var one = "{\"name\":\"/apisix/upstreams/1\",\"type\":\"https\",\"nodes\":["
                + "{\"ip\":\"127.0.0.3\",\"port\":1980,\"hostname\":\"a.test\",\"status\":\"healthy\","
                + "\"counter\":{\"success\":0,\"http_failure\":0,\"tcp_failure\":0,\"timeout_failure\":0}},"
                + "{\"ip\":\"127.0.0.4\",\"port\":1981,\"hostname\":\"127.0.0.4\",\"hostheader\":\"up.test\","
                + "\"status\":\"mostly_unhealthy\","
                + "\"counter\":{\"success\":1,\"http_failure\":2,\"tcp_failure\":3,\"timeout_failure\":4}}]}";
        assertThat(page).isEqualTo(new ControlReply(200, "application/json", "[" + one + "]"));
        assertThat(pages.one("upstreams/1")).isEqualTo(new ControlReply(200, "application/json", one));
    }

    @Test
    void aCheckerThatWaitsForARequestHasNoNodes() {
        known.all.add(new CheckerStatus(upstream("1"), HealthCheck.Type.TCP, List.of()));

        assertThat(pages.all(false).body())
                .isEqualTo("[{\"name\":\"/apisix/upstreams/1\",\"type\":\"tcp\",\"nodes\":{}}]");
    }

    @Test
    void nothingAtAllIsAnEmptyObject() {
        assertThat(pages.all(false).body()).isEqualTo("{}");
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "upstreams/2,        404, upstreams[2] not found",
        "routes/1,           404, routes[1] not found",
        "services/1,         404, services[1] not found",
        "stream_routes/1,    404, stream_routes[1] not found",
        "upstreams/bare,     404, no checker for upstreams[bare]",
        "x/1,                400, invalid src type x",
        "consumers/1,        400, invalid src type consumers",
        "upstreams,          404, missing src id for src type upstreams",
        "upstreams/,         404, missing src id for src type upstreams",
        "upstreams/2/3,      404, upstreams[2/3] not found",
    })
    void whatThereIsNotIsNamed(String path, int status, String message) {
        assertThat(pages.one(path))
                .isEqualTo(new ControlReply(status, "application/json", "{\"error_msg\":\"" + message + "\"}"));
    }

    @Test
    void browsersGetATableInWhichUnhealthyNodesAreRed() {
        known.all.add(new CheckerStatus(
                upstream("1"),
                HealthCheck.Type.HTTP,
                List.of(
                        new CheckerStatus.Node("127.0.0.3", 1980, "127.0.0.3", null, Health.INITIAL),
                        new CheckerStatus.Node(
                                "<script>", 1981, "x", null, new Health(HealthState.UNHEALTHY, 0, 1, 2, 3)))));

        var page = pages.all(true);

        assertThat(page.contentType()).isEqualTo("text/html");
        assertThat(page.body())
                .contains("<h1>APISIX upstream check status</h1>")
                .contains("<th>Index</th><th>Upstream</th><th>Check type</th><th>Host</th><th>Status</th>"
                        + "<th>Success counts</th><th>TCP Failures</th><th>HTTP Failures</th><th>TIMEOUT Failures</th>")
                .contains(
                        "<tr><td>1</td><td>/apisix/upstreams/1</td><td>http</td><td>127.0.0.3:1980</td><td>healthy</td>"
                                + "<td>0</td><td>0</td><td>0</td><td>0</td></tr>")
                .contains(
                        "<tr bgcolor=\"#FF0000\"><td>2</td><td>/apisix/upstreams/1</td><td>http</td>"
                                + "<td>&lt;script&gt;:1981</td><td>unhealthy</td><td>0</td><td>2</td><td>1</td><td>3</td></tr>");
    }
}
