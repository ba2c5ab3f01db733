package io.suimon.dataplane.health;

import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ProbeRequestTest {

    private static Upstream upstream(String active, String more) {
        var json = "{\"nodes\":{\"127.0.0.1:80\":1},\"type\":\"roundrobin\",\"checks\":{\"active\":{" + active + "}}"
                + more + "}";
        var parsed = new ResourceParser()
                .parse(new ResourceKey(ResourceKind.UPSTREAM, "1"), json.getBytes(StandardCharsets.UTF_8));
        return (Upstream) ((Parsed.Accepted) parsed).resource();
    }

    private static HealthCheck.Active active(String active) {
        return Objects.requireNonNull(upstream(active, "").healthCheck()).active();
    }

    private static String request(String active, boolean keepAlive) {
        return new String(ProbeRequest.bytes(active(active), "h", keepAlive), StandardCharsets.ISO_8859_1);
    }

    @Test
    void asksForTheRootByDefault() {
        assertThat(request("", true)).isEqualTo("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    @Test
    void saysThatTheConnectionEndsWhereItDoes() {
        assertThat(request("", false)).isEqualTo("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'http_path':'/a?b=c d'                       | GET /a?b=c%20d HTTP/1.1$Host: h$$",
                "'http_path':'status'                         | GET /status HTTP/1.1$Host: h$$",
                "'http_path':''                               | GET / HTTP/1.1$Host: h$$",
                "'http_method':'HEAD'                         | HEAD / HTTP/1.1$Host: h$$",
                "'http_method':'POST'                         | POST / HTTP/1.1$Host: h$Content-Length: 0$$",
                "'http_method':'POST','http_req_body':'é!'    | POST / HTTP/1.1$Host: h$Content-Length: 3$$\u00c3\u00a9!",
                "'http_req_body':'x'                          | GET / HTTP/1.1$Host: h$Content-Length: 1$$x",
                "'req_headers':['A: b','C:d']                 | GET / HTTP/1.1$Host: h$A: b$C:d$$",
                "'req_headers':['host: other','Host: third']  | GET / HTTP/1.1$host: other$$",
                // What could end a line, or contradict the framing, is not sent.
                "'http_path':'/ HTTP/1.1\\r\\nX: y'           | GET /%20HTTP/1.1%0D%0AX:%20y HTTP/1.1$Host: h$$",
                "'req_headers':['A: b\\r\\nX: y','no colon']  | GET / HTTP/1.1$Host: h$$",
                "'req_headers':[' A: b','A : b',': b']        | GET / HTTP/1.1$Host: h$$",
                "'req_headers':['Content-Length: 9','Transfer-Encoding: chunked','Connection: close','Upgrade: x'] | GET / HTTP/1.1$Host: h$$",
            })
    void sendsWhatIsConfigured(String active, String expected) {
        var request = request(active.replace('\'', '"'), true);

        assertThat(request).isEqualTo(expected.replace("$", "\r\n"));
    }

    @ParameterizedTest(name = "pass_host {0}, active.host {1}, node {2}: {3}")
    @CsvSource({
        "rewrite, probe.test, node.test, up.test:81",
        "rewrite,           , 10.0.0.1,  up.test:81",
        "pass,    probe.test, node.test, node.test", // a name of its own wins
        "node,              , node.test, node.test",
        "pass,    probe.test, 10.0.0.1,  probe.test",
        "pass,              , 10.0.0.1,  10.0.0.1",
        "pass,              , [::1],     [::1]",
    })
    void theHostIsThatOfARewriteElseTheNodesNameElseTheProbesElseTheAddress(
            String passHost, String own, String node, String expected) {
        var upstream = upstream(
                own == null ? "" : "\"host\":\"" + own + "\"",
                ",\"pass_host\":\"" + passHost + "\",\"upstream_host\":\"up.test:81\"");
        var active = Objects.requireNonNull(upstream.healthCheck()).active();

        var host = ProbeRequest.host(upstream, active, node, node.equals("node.test"));

        assertThat(host).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"up.test, up.test", "up.test:81, up.test", "[::1]:81, ::1", "[::1], ::1", "10.0.0.1:1, 10.0.0.1"})
    void theServerAskedForIsTheHostWithoutPort(String host, String name) {
        assertThat(ProbeRequest.serverName(host)).isEqualTo(name);
    }
}
