package io.suimon.engine.plugins.redirect;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedirectPluginTest {

    private final BoundPlugin plugin = BoundPlugin.of(new RedirectPlugin());

    private static Decision to(int status, String location) {
        return Decision.reply(status).with(HeaderName.LOCATION, location);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource({
        "GET,    /a,            301, https://a.com:9443/a",
        "HEAD,   /a?x=%41,      301, https://a.com:9443/a?x=%41",
        "POST,   /%41//b?q,     308, https://a.com:9443/A/b?q",
        "DELETE, /,             308, https://a.com:9443/",
    })
    void sendsToTheSamePlaceByTls(String method, String target, int status, String location) {
        var exchange = DescribedRequest.of(method, target).host("A.com:8080").exchange();

        assertThat(plugin.bind("{'http_to_https':true}").onRewrite(exchange)).isEqualTo(to(status, location));
    }

    @Test
    void theUsualPortIsNotNamed() {
        var filter = new ToHttpsFilter(443);

        assertThat(filter.onRewrite(DescribedRequest.get("/a").host("a.com").exchange()))
                .isEqualTo(to(301, "https://a.com/a"));
    }

    @Test
    void clientsWithTlsStay() {
        var exchange = DescribedRequest.get("/a").host("a.com").https().exchange();

        assertThat(plugin.bind("{'http_to_https':true}").onRewrite(exchange)).isEqualTo(Decision.proceed());
    }

    @Test
    void notToHttpsAloneDoesNothing() {
        var exchange = DescribedRequest.get("/a").host("a.com").exchange();

        assertThat(plugin.bind("{'http_to_https':false}").onRewrite(exchange)).isEqualTo(Decision.proceed());
    }

    @ParameterizedTest(name = "{0} for {1}: {2} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri':'/new'}                                  | /a            | 302 | /new
            {'uri':'/new','ret_code':301}                   | /a            | 301 | /new
            {'uri':'https://$host$uri'}                     | /a%20b?x=1    | 302 | https://h.com/a b
            {'uri':'/x/$uri.html'}                          | /a            | 302 | /x//a.html
            {'uri':'/${arg_x}y'}                            | /?x=1         | 302 | /1y
            {'uri':'/$arg_none/x'}                          | /a            | 302 | //x
            {'uri':'/\\\\$uri'}                             | /a            | 302 | /\\$uri
            {'uri':'/a$'}                                   | /a            | 302 | /a$
            {'regex_uri':['^/a/(.*)','/b/$1']}              | /a/x?q=1      | 302 | /b/x
            {'regex_uri':['^/a/(.*)','/b/$1'],'encode_uri':true} | /a/x%20y | 302 | /b/x%20y
            {'regex_uri':['^/a/(.*)','/b/$1']}              | /a/x%20y      | 302 | /b/x y
            {'uri':'/new','append_query_string':true}       | /a?x=%41&y    | 302 | /new?x=%41&y
            {'uri':'/new?z=1','append_query_string':true}   | /a?x=1        | 302 | /new?z=1&x=1
            {'uri':'/new','append_query_string':true}       | /a?           | 302 | /new
            {'uri':'/new','append_query_string':true}       | /a            | 302 | /new
            {'uri':'/new'}                                  | /a?x=1        | 302 | /new
            """)
    void sendsToTheDestination(String config, String target, int status, String location) {
        var exchange = DescribedRequest.get(target).host("h.com").exchange();

        var decision = plugin.bind(config).onRewrite(exchange);

        assertThat(decision).isEqualTo(to(status, location));
    }

    @Test
    void pathsThatDoNotMatchAreProxied() {
        var exchange = DescribedRequest.get("/x").exchange();

        assertThat(plugin.bind("{'regex_uri':['^/a','/b']}").onRewrite(exchange))
                .isEqualTo(Decision.proceed());
    }

    @Test
    void noPathCanEndTheLineItIsWrittenOn() {
        var byVariable = plugin.bind("{'uri':'/x$uri'}");
        var byRegex = plugin.bind("{'regex_uri':['^(?s)/a(.*)','/b$1']}");
        var toHttps = plugin.bind("{'http_to_https':true}");
        var exchange =
                DescribedRequest.get("/a%0d%0aSet-Cookie:x").host("h.com").exchange();

        assertThat(byVariable.onRewrite(exchange)).isEqualTo(to(302, "/x/a%0D%0ASet-Cookie:x"));
        assertThat(byRegex.onRewrite(exchange)).isEqualTo(to(302, "/b%0D%0ASet-Cookie:x"));
        assertThat(toHttps.onRewrite(exchange).toString()).doesNotContain("\n", "\r");
    }

    @Test
    void failsWhereTheExpressionTakesForever() {
        var filter = plugin.bind("{'regex_uri':['^/(a|aa)+\\\\1$','/b']}");
        var exchange = DescribedRequest.get("/" + "a".repeat(60) + "!").exchange();

        assertThat(filter.onRewrite(exchange))
                .isEqualTo(Decision.json(500, "{\"error_msg\":\"failed to substitute the uri\"}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                | value should match only one schema, but matches none
            {'uri':'/x','http_to_https':true}                 | value should match only one schema, but matches both schemas 1 and 3
            {'http_to_https':true,'append_query_string':true} | only one of `http_to_https` and `append_query_string` can be configured.
            {'regex_uri':['(','x']}                           | invalid regex_uri ((, x), err:pcre2_compile() failed: missing closing parenthesis in "("
            {'regex_uri':['x']}                               | property "regex_uri" validation failed: expect array to have at least 2 items
            {'uri':'/x','ret_code':1000}                      | ret_code: 1000 (expected: 200..999)
            {'uri':'/x','ret_code':199}                       | property "ret_code" validation failed: expected 199 to be at least 200
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri':'/$post_arg_x'}         | true
            {'uri':'/${graphql_name}/y'}   | true
            {'uri':'/$arg_x'}              | false
            {'regex_uri':['^/a','/b']}     | false
            """)
    void saysWhetherItLooksAtTheBody(String config, boolean looks) {
        assertThat(plugin.bind(config).readsBody()).isEqualTo(looks);
    }
}
