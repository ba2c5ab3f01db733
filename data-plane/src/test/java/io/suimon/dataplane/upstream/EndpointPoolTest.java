package io.suimon.dataplane.upstream;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Parsed;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.resource.Upstream.KeepalivePool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointPoolTest {

    private static final KeepalivePool USUAL = new KeepalivePool(7, Duration.ofSeconds(8), 9);

    private static Upstream upstream(String json) {
        var parsed = new ResourceParser()
                .parse(new ResourceKey(ResourceKind.UPSTREAM, "1"), json.getBytes(StandardCharsets.UTF_8));
        return (Upstream) ((Parsed.Accepted) parsed).resource();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({"http, 0, 80", "https, 0, 443", "grpc, 0, 80", "grpcs, 0, 443", "https, 8443, 8443"})
    void aMissingPortIsThatOfTheScheme(String scheme, int written, int port) {
        var upstream = upstream("{\"scheme\":\"" + scheme + "\",\"nodes\":{}}");

        var purpose = EndpointPool.Purpose.of(upstream, new Endpoint("127.0.0.1", written, 1, 0), USUAL);

        assertThat(purpose.port()).isEqualTo(port);
    }

    @ParameterizedTest(name = "{0}: {1} idle for {2} s, {3} requests")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'nodes':{}}                                                                    | 7   | 8  | 9",
                "{'nodes':{},'keepalive_pool':{}}                                                | 320 | 60 | 1000",
                "{'nodes':{},'keepalive_pool':{'size':1,'idle_timeout':2,'requests':3}}          | 1   | 2  | 3",
            },
            quoteCharacter = '`')
    void connectionsAreKeptAsTheUpstreamSaysElseAsTheSettingsDo(String json, int size, int seconds, int requests) {
        var purpose =
                EndpointPool.Purpose.of(upstream(json.replace('\'', '"')), new Endpoint("127.0.0.1", 80, 1, 0), USUAL);

        assertThat(purpose.keepalive()).isEqualTo(new KeepalivePool(size, Duration.ofSeconds(seconds), requests));
    }
}
