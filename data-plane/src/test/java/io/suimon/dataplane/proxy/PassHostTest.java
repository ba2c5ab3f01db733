package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which Host a node is told. */
class PassHostTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET / HTTP/1.1\r\nHost: client.test:8\r\nConnection: close\r\n\r\n";

    private static List<String> hosts(RawOrigin origin) {
        return origin.heads.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Host: "))
                .map(line -> line.substring(6))
                .toList();
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        "'',                                                       127.0.0.1, client.test:8",
        "'\"pass_host\":\"pass\",',                                127.0.0.1, client.test:8",
        "'\"pass_host\":\"node\",',                                127.0.0.1, 127.0.0.1:PORT",
        "'\"pass_host\":\"node\",',                                localhost, localhost:PORT",
        "'\"pass_host\":\"rewrite\",\"upstream_host\":\"up.test\",', 127.0.0.1, up.test",
    })
    void isThatOfTheClientOrTheNodeOrTheUpstream(String passHost, String node, String expected) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"roundrobin\"," + passHost + "\"nodes\":{\"" + node + ":"
                                + origin.port() + "\":1}}")
                        .start()) {

            gateway.exchange(GET);

            assertThat(hosts(origin)).containsExactly(expected.replace("PORT", "" + origin.port()));
        }
    }

    @ParameterizedTest(name = "{0} {1}:{2}: {3}")
    @CsvSource({
        "HTTP,  a.test, 80,   a.test",
        "HTTP,  a.test, 443,  a.test:443",
        "HTTPS, a.test, 443,  a.test",
        "HTTPS, [::1],  80,   [::1]:80",
        "GRPC,  a.test, 80,   a.test",
        "GRPCS, a.test, 443,  a.test",
    })
    void aNodesPortIsLeftOutWhereItIsThatOfTheScheme(Upstream.Scheme scheme, String host, int port, String expected) {
        assertThat(RequestWriter.nodeHost(scheme, host, port)).isEqualTo(expected);
    }

    @Test
    void isThatOfTheNodeThatIsAskedNext() throws Exception {
        try (var closing = new RawOrigin(RawOrigin.Connection::head);
                var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"roundrobin\",\"pass_host\":\"node\",\"nodes\":["
                                + "{\"host\":\"localhost\",\"port\":" + closing.port()
                                + ",\"weight\":1,\"priority\":1},"
                                + "{\"host\":\"127.0.0.1\",\"port\":" + origin.port() + ",\"weight\":1}]}")
                        .start()) {

            assertThat(gateway.exchange(GET)).endsWith("hi");

            assertThat(hosts(closing)).containsExactly("localhost:" + closing.port());
            assertThat(hosts(origin)).containsExactly("127.0.0.1:" + origin.port());
        }
    }
}
