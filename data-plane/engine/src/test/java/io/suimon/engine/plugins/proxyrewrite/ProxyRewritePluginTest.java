package io.suimon.engine.plugins.proxyrewrite;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.text.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyRewritePluginTest {

    private static final HeaderName X = HeaderName.of("X");

    private final BoundPlugin plugin = BoundPlugin.of(new ProxyRewritePlugin());

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | /a/%41//b/../c     | /a/A/c
            {}                                          | /a?x=%41&&         | /a?x=%41&&
            {}                                          | /a?                | /a
            {}                                          | /%20%23%25%3F%C3%A9 | /%20%23%25%3F%C3%A9
            {'uri':'/x'}                                | /a                 | /x
            {'uri':'/x'}                                | /a?q=1             | /x?q=1
            {'uri':'/x?y=2'}                            | /a?q=1             | /x?y=2&q=1
            {'uri':'/x?y=2'}                            | /a                 | /x?y=2
            {'uri':'/x?'}                               | /a                 | /x
            {'uri':'/x/$arg_id/ü #'}                    | /a?id=1%2F2        | /x/1/2/%C3%BC%20%23?id=1%2F2
            {'uri':'/x/$arg_id'}                        | /a?id=a%3Fb%25     | /x/a%253Fb%25?id=a%3Fb%25
            {'uri':'/x?q=$arg_id'}                      | /a?id=a%26b        | /x?q=a&b&id=a%26b
            {'uri':'/x?q=$arg_id'}                      | /a?id=a%0D%0Ab+c   | /x?q=a%0D%0Ab%20c&id=a%0D%0Ab+c
            {'uri':'/x/${arg_no ?? d}'}                 | /a                 | /x/d
            {'uri':'/y','regex_uri':['^/a','/b']}       | /a                 | /y
            {'regex_uri':['^/a/(.*)/(.*)','/$2/$1']}    | /a/x/y             | /y/x
            {'regex_uri':['b','-']}                     | /abab              | /a-ab
            {'regex_uri':['^/n','/x','^/a','/y']}       | /a?q=1             | /y?q=1
            {'regex_uri':['^/n','/x']}                  | /a/%41%20?q=1      | /a/A%20?q=1
            {'regex_uri':['^/a/(.*)','/x?p=$1']}        | /a/b%20c           | /x?p=b%20c
            {'regex_uri':['^/a/(.*)','/x?p=$1']}        | /a/b?q=1           | /x?p=b&q=1
            {'regex_uri':['^/a/(.*)','/x?p=$1']}        | /a/b%3Fc           | /x%3Fp=b%3Fc
            {'regex_uri':['^/a/(.*)','$1']}             | /a/b               | /b
            {'use_real_request_uri_unsafe':true,'uri':'/x%20y'}               | /a%41?q=%41 | /x%20y?q=%41
            {'use_real_request_uri_unsafe':true,'regex_uri':['%41(.*)','-$1']} | /a%41?q=1 | /a-?q=1
            {'use_real_request_uri_unsafe':true,'regex_uri':['q=1','q=2']}     | /a//b?q=1 | /a//b?q=2
            """)
    void rewritesTheTarget(String config, String target, String expected) {
        var exchange = DescribedRequest.get(target).exchange();

        var decision = plugin.bind(config).onRewrite(exchange);

        assertThat(decision).isEqualTo(Decision.proceed());
        assertThat(exchange.upstream().target()).isEqualTo(expected);
    }

    @Test
    void realTargetGoesOutByteForByte() {
        var exchange = DescribedRequest.get("/a/%41//b/../c?").exchange();

        plugin.bind("{'use_real_request_uri_unsafe':true}").onRewrite(exchange);

        assertThat(exchange.upstream().target()).isNull();
    }

    @Test
    void queryIsTheOneAnEarlierFilterLeft() {
        var exchange = DescribedRequest.get("/a?secret=1&q=2").exchange();
        exchange.upstream().query("q=2");

        plugin.bind("{'uri':'/x'}").onRewrite(exchange);

        assertThat(exchange.upstream().target()).isEqualTo("/x?q=2");
    }

    @Test
    void failsWhereTheExpressionTakesForever() {
        var exchange = DescribedRequest.get("/" + "a".repeat(60) + "!").exchange();

        var decision = plugin.bind("{'regex_uri':['^/(a|aa)+\\\\1$','/b']}").onRewrite(exchange);

        assertThat(decision).isInstanceOfSatisfying(Decision.Reply.class, reply -> {
            assertThat(reply.status()).isEqualTo(500);
            assertThat(String.valueOf(reply.body())).contains("{\"error_msg\":\"failed to substitute the uri /aaa");
        });
    }

    @Test
    void replacesMethodAndHost() {
        var exchange = DescribedRequest.get("/").host("a.com").exchange();

        plugin.bind("{'method':'POST','host':'b.com:81'}").onRewrite(exchange);

        assertThat(exchange.upstream().method()).isEqualTo("POST");
        assertThat(exchange.upstream().host()).isEqualTo("b.com:81");
        assertThat(exchange.request().headers().first(HeaderName.HOST)).isEqualTo("a.com");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'X':'a'}                         | a
            {'X':1}                           | 1
            {'X':1.50}                        | 1.5
            {'X':''}                          | ``
            {'set':{'X':'a'}}                 | a
            {'set':{'X':['a','b']}}           | a,b
            {'set':{'X':['a',2]}}             | a,2
            {'add':{'X':'a'}}                 | 1,2,a
            {'add':{'X':''}}                  | 1,2,
            {'add':{'x':['a','b']}}           | 1,2,a,b
            {'remove':['x']}                  | ``
            {'add':{'X':'a'},'set':{'X':'b'}} | b
            {'set':{'X':'b'},'remove':['X']}  | ``
            {'set':{'X':'$http_x-$uri'}}      | 1, 2-/p/q
            {'set':{'X':'$1/${2}/$3'}}        | p/q/
            {'set':{'X':'$arg_e'}}            | ab
            {'set':{'X':'ü'}}                 | ü
            """)
    void editsHeaders(String headers, String expected) {
        var exchange = DescribedRequest.get("/p/q?e=a%0D%0A%00b")
                .header("X", "1")
                .header("X", "2")
                .exchange();

        plugin.bind("{'regex_uri':['^/(.)/(.)','/'],'headers':" + headers + "}").onRewrite(exchange);

        assertThat(String.join(",", exchange.request().headers().all(X))).isEqualTo(WireText.of(expected));
    }

    @Test
    void templatesSeeWhatTheClientSent() {
        var exchange = DescribedRequest.get("/a").header("X", "1").exchange();

        plugin.bind("{'uri':'/b','headers':{'set':{'X':'2','Y':'$http_x $uri'},'remove':['X']}}")
                .onRewrite(exchange);

        assertThat(exchange.request().headers().all(HeaderName.of("Y"))).containsExactly("1 /a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Host':'evil'}",
                "{'set':{'host':'evil'}}",
                "{'remove':['Host','X-Real-IP','Connection','X-Forwarded-For']}",
                "{'add':{'X-Real-IP':'1.1.1.1','connection':'x'}}",
            })
    void leavesTheFieldsThatAreTheGateways(String headers) {
        var exchange = DescribedRequest.get("/")
                .host("a.com")
                .header("X-Real-IP", "r")
                .header("Connection", "c")
                .header("X-Forwarded-For", "f")
                .exchange();

        plugin.bind("{'headers':" + headers + "}").onRewrite(exchange);

        assertThat(exchange.request().headers().edited()).isFalse();
    }

    @Test
    void forwardedFieldsCanBeSet() {
        var exchange = DescribedRequest.get("/").exchange();

        plugin.bind("{'headers':{'X-Forwarded-For':'1.1.1.1','X-Forwarded-Proto':'https'}}")
                .onRewrite(exchange);

        var headers = exchange.request().headers();
        assertThat(headers.all(HeaderName.of("X-Forwarded-For"))).containsExactly("1.1.1.1");
        assertThat(headers.all(HeaderName.of("X-Forwarded-Proto"))).containsExactly("https");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri':'x'}                        | property "uri" validation failed: failed to match pattern "^\\\\/.*" with "x"
            {'regex_uri':['a']}                | property "regex_uri" validation failed: expect array to have at least 2 items
            {'regex_uri':['a','b','c']}        | The length of regex_uri should be an even number
            {'regex_uri':['(','a']}            | invalid regex_uri((, a): pcre2_compile() failed: missing closing parenthesis in "("
            {'regex_uri':['a','$']}            | invalid regex_uri(a, $): failed to compile the replacement template
            {'headers':{}}                     | property "headers" validation failed: value should match only one schema, but matches none
            {'headers':{'set':{'a':'1'},'b':'2'}} | property "headers" validation failed: value should match only one schema, but matches none
            {'method':'x'}                     | property "method" validation failed: matches none of the enum values
            {'headers':{'a b':'1'}}            | invalid field character in header
            {'headers':{'a':'1\\n2'}}        | invalid value character in header
            {'headers':{'Content-Length':'1'}} | headers: Content-Length (expected: a field that does not frame the body)
            {'headers':{'remove':['transfer-encoding']}} | headers: transfer-encoding (expected: a field that does not frame the body)
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri':'/$post_arg_x'}                             | true
            {'uri':'/a?x=$post_arg_x'}                         | true
            {'uri':'/$arg_x'}                                  | false
            {'headers':{'add':{'X':['a','$post_arg_x']}}}      | true
            {'headers':{'set':{'X':'$1$post_arg_x'}}}          | true
            {'headers':{'set':{'X':'$1$arg_x'}}}               | false
            {}                                                 | false
            """)
    void saysWhetherItLooksAtTheBody(String config, boolean looks) {
        assertThat(plugin.bind(config).readsBody()).isEqualTo(looks);
    }
}
