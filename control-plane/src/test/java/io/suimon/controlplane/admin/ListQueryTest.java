package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListQueryTest {

    /** As they may lie in a store that others wrote, too. */
    private static final List<String> VALUES = List.of(
            "{}",
            "{\"name\":\"orders-1\",\"uri\":\"/orders/1\",\"labels\":{\"team\":\"red\"},\"upstream_id\":\"u1\"}",
            "{\"name\":\"\\u006frders-2\",\"uris\":[\"\\/orders\\/2\",\"/x\"],\"labels\":{\"te\\u0061m\":\"red\"}}",
            "{\"name\":1e3,\"uri\":\"/caf\u00e9\",\"labels\":{\"a/b\":\"1\"},\"service_id\":\"s\\/1\"}",
            "{\"name\":true,\"uri\":7,\"labels\":[\"team\"],\"upstream_id\":1}",
            "{\"name\":null,\"uris\":\"/orders\"}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=orders",
                "name=ni",
                "name=1000",
                "name=1E",
                "name=tru",
                "name=^orders-.*2?$",
                "name=orders-(1|2)",
                "name=(",
                "uri=/orders/",
                "uri=/orders/.",
                "uri=caf%C3%A9",
                "label=team",
                "label=a/b",
                "label=",
                "filter=upstream_id%3Du1",
                "filter=service_id%3Ds%2F1",
                "name=orders&uri=/orders&label=team",
            })
    void whatIsKeptIsNeverPassedByUnread(String query) throws InvalidJsonException {
        var list = ListQuery.parse(QueryString.parse(query), ResourceKind.ROUTE).orElseThrow();

        for (var value : VALUES) {
            var json = value.getBytes(StandardCharsets.UTF_8);
            boolean keeps = list.keeps(Json.parse(json));
            assertThat(keeps && !list.mayKeep(json)).as(value).isFalse();
        }
    }
}
