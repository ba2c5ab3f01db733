package io.suimon.dataplane.proxy;

import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.resource.ResourceKind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PluginTraceTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Filter PASSING = exchange -> Decision.proceed();

    @Test
    void tellsWhatEachRequestMetInItsOrder() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("show-plugins", "true")
                        .with(new FilterPlugin("g", 1, EnumSet.of(Phase.ACCESS, Phase.RESPONSE), PASSING))
                        .with(new FilterPlugin("log", 1, EnumSet.of(Phase.LOG), PASSING))
                        .with(new FilterPlugin("r", 2, PASSING))
                        .resource(ResourceKind.GLOBAL_RULE, "1", "{\"plugins\":{\"g\":{},\"log\":{}}}")
                        .resource(
                                ResourceKind.ROUTE,
                                "1",
                                "{\"uri\":\"/met\",\"plugins\":{\"r\":{}}," + TestGateway.upstream(origin.port()) + "}")
                        .start();
                var client = gateway.client()) {

            var met = client.send("GET /met HTTP/1.1\r\nHost: a\r\n\r\n").response();
            var missing = client.send("GET /missing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .all();

            assertThat(met)
                    .contains("\r\nApisix-Plugins: r#rewrite, g#access, r#access, r#before_proxy,"
                            + " g#header_filter, r#header_filter\r\n");
            assertThat(missing)
                    .startsWith("HTTP/1.1 404 ")
                    .contains("\r\nApisix-Plugins: g#access, g#header_filter\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void saysWhereThereIsNoneAndOnlyWhereItIsSet(String set, int times) throws Exception {
        try (var gateway = new TestGateway().set("show-plugins", set).start()) {

            var answer = gateway.exchange("GET / HTTP/1.0\r\n\r\n");

            assertThat(answer.split("\r\nApisix-Plugins: no plugin\r\n", -1)).hasSize(1 + times);
        }
    }
}
