package io.suimon.engine.plugins.cors;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CorsPluginTest {

    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("Access-Control-Allow-Origin");

    private final BoundPlugin plugin = BoundPlugin.of(new CorsPlugin());

    private static Exchange from(@Nullable String origin) {
        var request = DescribedRequest.get("/");
        return (origin == null ? request : request.header("Origin", origin)).exchange();
    }

    private static List<String> response(Filter filter, Exchange exchange) {
        var lines = new ArrayList<String>();
        BoundPlugin.run(filter, exchange, 200)
                .response()
                .headers()
                .forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    @Test
    void allowsEverythingToEverybodyWhenNothingIsSaid() {
        assertThat(response(plugin.bind("{}"), from(null)))
                .containsExactly(
                        "Access-Control-Allow-Origin: *",
                        "Access-Control-Allow-Methods: *",
                        "Access-Control-Max-Age: 5",
                        "Access-Control-Allow-Headers: *");
    }

    @Test
    void forcesEverythingEvenWithCredentials() {
        var filter = plugin.bind("{'allow_origins':'**','allow_methods':'**','allow_headers':'**',"
                + "'expose_headers':'X-A,X-B','allow_credential':true,'max_age':-1}");
        var exchange = DescribedRequest.get("/")
                .header("Origin", "http://a.com")
                .header("Access-Control-Request-Headers", "x-one,x-two")
                .exchange();

        assertThat(response(filter, exchange))
                .containsExactly(
                        "Vary: Origin",
                        "Access-Control-Allow-Origin: http://a.com",
                        "Access-Control-Allow-Methods: GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,CONNECT,TRACE",
                        "Access-Control-Max-Age: -1",
                        "Access-Control-Allow-Headers: x-one,x-two",
                        "Access-Control-Expose-Headers: X-A,X-B",
                        "Access-Control-Allow-Credentials: true");
    }

    @Test
    void forcedHeadersAreNotNamedWhereTheClientAsksForNone() {
        assertThat(response(plugin.bind("{'allow_headers':'**'}"), from("http://a.com")))
                .noneMatch(line -> line.startsWith("Access-Control-Allow-Headers"));
    }

    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                       | http://a.com   | *
            {'allow_origins':'**'}                                   |                | *
            {'allow_origins':'**'}                                   | http://a.com   | http://a.com
            {'allow_origins':'null'}                                 | null           | null
            {'allow_origins':'null'}                                 | http://a.com   |
            {'allow_origins':'http://a.com,http://b.com:80'}         | http://b.com:80 | http://b.com:80
            {'allow_origins':'http://a.com,http://b.com:80'}         | http://b.com   |
            {'allow_origins':'http://a.com'}                         |                |
            {'allow_origins_by_regex':['.*\\\\.test\\\\.com$']}      | http://a.test.com | http://a.test.com
            {'allow_origins_by_regex':['.*\\\\.test\\\\.com$']}      | http://test.org |
            {'allow_origins':'http://a.com','allow_origins_by_regex':['b']} | http://a.com |
            {'allow_origins_by_metadata':['one']}                    | http://one.com | http://one.com
            {'allow_origins_by_metadata':['one','two']}              | http://two.com | http://two.com
            {'allow_origins_by_metadata':['one']}                    | http://two.com |
            {'allow_origins_by_metadata':['gone']}                   | http://one.com |
            {'allow_origins':'http://a.com','allow_origins_by_metadata':['one']} | http://a.com | http://a.com
            """)
    void decidesWhichOriginIsAllowed(String config, String origin, String expected) {
        var filter = plugin.metadata("{'allow_origins':{'one':'http://one.com','two':'http://2.com,http://two.com'}}")
                .bind(config);

        var exchange = BoundPlugin.run(filter, from(origin), 200);

        assertThat(exchange.response().headers().first(ALLOW_ORIGIN)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | false
            {'allow_origins':'**'}                | true
            {'allow_origins':'http://a.com'}      | true
            {'allow_origins_by_regex':['x']}      | false
            {'allow_origins_by_metadata':['x']}   | false
            """)
    void variesByOriginWhereAnAnswerMay(String config, boolean varies) {
        var exchange = from("http://refused.com");
        exchange.response().headers().add(HeaderName.VARY, "Accept");

        BoundPlugin.run(plugin.bind(config), exchange, 200);

        assertThat(exchange.response().headers().all(HeaderName.VARY))
                .isEqualTo(varies ? List.of("Accept", "Origin") : List.of("Accept"));
    }

    @Test
    void overwritesWhatTheUpstreamSaysOnlyForAllowedOrigins() {
        var filter = plugin.bind("{'allow_origins':'http://a.com'}");
        var allowed = from("http://a.com");
        var refused = from("http://b.com");
        for (var exchange : List.of(allowed, refused)) {
            exchange.response().headers().add(ALLOW_ORIGIN, "http://upstream");
            BoundPlugin.run(filter, exchange, 200);
        }

        assertThat(allowed.response().headers().all(ALLOW_ORIGIN)).containsExactly("http://a.com");
        assertThat(refused.response().headers().all(ALLOW_ORIGIN)).containsExactly("http://upstream");
    }

    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | http://a.com |
            {'timing_allow_origins':'*'}                | http://a.com | *
            {'timing_allow_origins':'http://a.com'}     | http://a.com | http://a.com
            {'timing_allow_origins':'http://a.com'}     | http://b.com |
            {'timing_allow_origins_by_regex':['a.com']} | http://a.com | http://a.com
            {'allow_origins':'http://b.com','timing_allow_origins':'**'} | http://a.com | http://a.com
            """)
    void decidesAboutTimingOnItsOwn(String config, String origin, String expected) {
        var exchange = BoundPlugin.run(plugin.bind(config), from(origin), 200);

        assertThat(exchange.response().headers().first(HeaderName.of("Timing-Allow-Origin")))
                .isEqualTo(expected);
    }

    @Test
    void answersEveryPreflightItself() {
        var filter = plugin.bind("{'allow_origins':'http://a.com'}");

        assertThat(filter.onRewrite(DescribedRequest.of("OPTIONS", "/").exchange()))
                .isEqualTo(Decision.text(200, ""));
        assertThat(filter.onRewrite(DescribedRequest.get("/").exchange())).isEqualTo(Decision.proceed());
    }

    @Test
    void decidesByTheOriginOfTheClientWhateverLaterFiltersTellTheUpstream() {
        var filter = plugin.bind("{'allow_origins':'http://a.com'}");
        var exchange = from("http://a.com");
        filter.onRewrite(exchange);
        exchange.request().headers().remove(HeaderName.ORIGIN);

        filter.onResponse(exchange);

        assertThat(exchange.response().headers().first(ALLOW_ORIGIN)).isEqualTo("http://a.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'allow_credential':true}
            {'allow_credential':true,'allow_origins':'**','allow_methods':'**'}
            {'allow_credential':true,'allow_origins':'**','allow_methods':'**','allow_headers':'**','expose_headers':'*'}
            {'allow_credential':true,'allow_origins':'**','allow_methods':'**','allow_headers':'**','timing_allow_origins':'*'}
            """)
    void credentialsForbidTheStar(String config) {
        assertThat(plugin.refusal(config))
                .isEqualTo("you can not set '*' for other option when 'allow_credential' is true");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'allow_origins_by_regex':['(']} | pcre2_compile() failed: missing closing parenthesis in "("
            {'timing_allow_origins_by_regex':['(']} | pcre2_compile() failed: missing closing parenthesis in "("
            {'allow_headers':'a\\nb'}      | allow_headers: line break or NUL (expected: one line)
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }
}
