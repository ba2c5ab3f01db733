package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.process.DnsServer;
import io.suimon.process.TestPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A registry goes and comes back: traffic does not mind. */
class DiscoveryIT {

    private static final Duration SOON = TestPatience.LONG;
    private static final String SERVICE = "_web._tcp.test";

    @TempDir
    Path folder;

    @Test
    void trafficGoesOnThroughAnOutageOfTheRegistryAndARestart() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var first = new Origin("first");
                var second = new Origin("second");
                var dns = DnsServer.start(folder, at(first));
                var controlPlane =
                        gateway.startControlPlane(List.of(), Map.of()).awaitReady()) {
            var settings =
                    Map.of("SUIMON_DISCOVERY_DNS_SERVERS", dns.address(), "SUIMON_DISCOVERY_DNS_TIMEOUT", "500ms");
            try (var node = gateway.startDataPlane(List.of(), settings).awaitReady()) {
                put(gateway, "upstreams/u", """
                        {"type":"roundrobin","service_name":"%s","discovery_type":"dns"}""".formatted(SERVICE));
                put(gateway, "upstreams/other", """
                        {"type":"roundrobin","service_name":"x","discovery_type":"consul"}""");
                put(gateway, "routes/r", "{\"uri\":\"/*\",\"upstream_id\":\"u\"}");
                put(gateway, "routes/other", "{\"uri\":\"/other\",\"upstream_id\":\"other\"}");
                await().atMost(SOON).until(() -> gateway.get("/").body().equals("first"));
                await().atMost(SOON).until(() -> gateway.get("/other").statusCode() == 503);

                dns.stop();

                await().atMost(SOON).until(() -> metric(gateway, "suimon_discovery_silent_services") == 1);
                for (int i = 0; i < 20; i++) {
                    assertThat(gateway.get("/").body()).isEqualTo("first");
                }
                assertThat(gateway.control("/v1/discovery/dns/dump", "*/*").statusCode())
                        .isEqualTo(404);
                assertThat(node.log())
                        .contains("discovery consul is uninitialized")
                        .doesNotContain("defect");
            }
            controlPlane.kill(); // neither is there when the node starts again
            try (var node = gateway.startDataPlane(List.of(), settings).awaitReady()) {
                assertThat(gateway.get("/").body()).isEqualTo("first");

                try (var back = dns.again(at(second))) {
                    assertThat(back.address()).isEqualTo(dns.address());
                    await().atMost(SOON).until(() -> gateway.get("/").body().equals("second"));
                    await().atMost(SOON).until(() -> metric(gateway, "suimon_discovery_silent_services") == 0);
                }
                assertThat(node.log())
                        .contains("1 endpoints known before are used")
                        .doesNotContain("defect");
            }
        }
    }

    /** What a name server is told whose one service is here. */
    private static List<String> at(Origin origin) {
        return List.of(
                "--local-ttl=1",
                "--host-record=here.test,127.0.0.1",
                "--srv-host=" + SERVICE + ",here.test," + origin.port() + ",0,1");
    }

    private static double metric(Gateway gateway, String name) {
        return gateway.metrics()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
