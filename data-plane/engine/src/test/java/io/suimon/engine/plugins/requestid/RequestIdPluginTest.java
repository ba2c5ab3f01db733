package io.suimon.engine.plugins.requestid;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdPluginTest {

    private static final HeaderName ID = HeaderName.of("X-Request-Id");

    private final BoundPlugin plugin = BoundPlugin.of(new RequestIdPlugin());

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                       | [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
            {"algorithm":"uuidv7"}   | 019b7[0-9a-f]{3}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}
            {"algorithm":"nanoid"}   | [A-Za-z0-9_-]{21}
            {"algorithm":"ksuid"}    | [A-Za-z0-9]{27}
            {"algorithm":"range_id"} | [A-Za-z0-9]{16}
            {"algorithm":"range_id","range_id":{"char_set":"abcdef","length":40}} | [a-f]{40}
            {"algorithm":"range_id","range_id":{"length":8}} | [A-Za-z0-9]{8}
            """)
    void makesAnIdentifierByTheAlgorithm(String config, String pattern) {
        var exchange =
                BoundPlugin.run(plugin.bind(config), DescribedRequest.get("/").exchange(), 200);

        var id = exchange.request().headers().first(ID);
        assertThat(id).matches(pattern);
        assertThat(exchange.response().headers().all(ID)).containsExactly(id);
        assertThat(exchange.variable("apisix_request_id")).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"uuid", "uuidv7", "nanoid", "ksuid", "range_id"})
    void noTwoRequestsHaveTheSame(String algorithm) {
        var filter = plugin.bind("{'algorithm':'" + algorithm + "'}");
        var seen = new HashSet<String>();

        for (int i = 0; i < 1000; i++) {
            var exchange = DescribedRequest.get("/").exchange();
            filter.onRewrite(exchange);
            seen.add(exchange.request().headers().first(ID));
        }

        assertThat(seen).hasSize(1000);
    }

    @Test
    void keepsWhatTheClientSentAndReturnsIt() {
        var exchange = DescribedRequest.get("/")
                .header("x-request-id", "my own")
                .header("x-request-id", "another")
                .exchange();

        BoundPlugin.run(plugin.bind("{}"), exchange, 200);

        assertThat(exchange.request().headers().all(ID)).containsExactly("my own", "another");
        assertThat(exchange.response().headers().all(ID)).containsExactly("my own", "another");
        assertThat(exchange.variable("apisix_request_id")).isEqualTo("my own");
    }

    @Test
    void replacesAnEmptyOne() {
        var exchange = DescribedRequest.get("/").header("X-Request-Id", "").exchange();

        plugin.bind("{}").onRewrite(exchange);

        assertThat(exchange.request().headers().all(ID)).hasSize(1).doesNotContain("");
    }

    @Test
    void leavesTheIdentifierTheUpstreamAnswered() {
        var exchange = DescribedRequest.get("/").exchange();
        exchange.response().headers().add(ID, "upstream's");

        BoundPlugin.run(plugin.bind("{}"), exchange, 200);

        assertThat(exchange.response().headers().all(ID)).containsExactly("upstream's");
    }

    @Test
    void keepsItFromTheClientWhenTold() {
        var filter = plugin.bind("{'include_in_response':false,'header_name':'Trace'}");

        var exchange = BoundPlugin.run(filter, DescribedRequest.get("/").exchange(), 200);

        assertThat(exchange.request().headers().contains(HeaderName.of("trace")))
                .isTrue();
        assertThat(exchange.response().headers().size()).isZero();
    }

    @Test
    void returnsItEvenWhenALaterFilterHidesItFromTheUpstream() {
        var filter = plugin.bind("{}");
        var exchange = DescribedRequest.get("/").header("X-Request-Id", "a").exchange();
        filter.onRewrite(exchange);
        exchange.request().headers().remove(ID);

        filter.onResponse(exchange);

        assertThat(exchange.response().headers().first(ID)).isEqualTo("a");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'header_name':'a b'}                    | header_name: a b (expected: the name of a field)
            {'range_id':{'length':5000}}             | range_id.length: 5000 (expected: 6..4096)
            {'range_id':{'char_set':'abcde\\nf'}}  | range_id.char_set: line break or NUL (expected: printable)
            {'algorithm':'x'}                        | property "algorithm" validation failed: matches none of the enum values
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }
}
