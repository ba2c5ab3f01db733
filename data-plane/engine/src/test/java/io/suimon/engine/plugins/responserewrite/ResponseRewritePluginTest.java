package io.suimon.engine.plugins.responserewrite;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.text.WireText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseRewritePluginTest {

    private static final HeaderName X = HeaderName.of("X");

    /** 19 bytes in an uncompressed meta-block, then an empty last one (RFC 7932, 9.2). */
    private static final byte[] BROTLI = WireText.bytes(" \u0001\u0010hello brotli, hello\u0003");

    private final BoundPlugin plugin = BoundPlugin.of(new ResponseRewritePlugin());

    /** An answer of the upstream with this status, on its way. */
    private static Exchange answered(int status) {
        var exchange = DescribedRequest.get("/path").exchange();
        exchange.response().status(status);
        exchange.response().headers().add(HeaderName.CONTENT_LENGTH, "5");
        exchange.response().headers().add(HeaderName.of("ETag"), "e");
        exchange.response().headers().add(HeaderName.of("Last-Modified"), "l");
        exchange.response().headers().add(X, "1");
        return exchange;
    }

    private static byte[] body(Exchange exchange, byte[] sent) {
        var transform = Objects.requireNonNull(exchange.response().transform());
        var out = new ByteArrayOutputStream();
        int half = sent.length / 2;
        out.writeBytes(transform.apply(Arrays.copyOf(sent, half), false));
        out.writeBytes(transform.apply(Arrays.copyOfRange(sent, half, sent.length), true));
        return out.toByteArray();
    }

    private String edited(String config, String encoding, byte[] sent) {
        var exchange = answered(200);
        exchange.response().headers().add(HeaderName.CONTENT_ENCODING, encoding);
        plugin.bind(config).onResponse(exchange);
        assertThat(exchange.response().headers().contains(HeaderName.CONTENT_ENCODING))
                .isFalse();
        return new String(body(exchange, sent), StandardCharsets.UTF_8);
    }

    @Test
    void replacesTheStatus() {
        var exchange = answered(401);

        plugin.bind("{'status_code':200,'headers':{'X':'$status'}}").onResponse(exchange);

        assertThat(exchange.response().status()).isEqualTo(200);
        assertThat(exchange.response().headers().first(X)).isEqualTo("200");
        assertThat(exchange.response().transform()).isNull();
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [['status','==',200]]      | 200 | 202
            [['status','==',200]]      | 404 | 404
            [['uri','==','/path']]     | 200 | 202
            []                         | 200 | 202
            """)
    void appliesWhereItsConditionHolds(String vars, int status, int expected) {
        var exchange = answered(status);

        plugin.bind("{'status_code':202,'vars':" + vars + "}").onResponse(exchange);

        assertThat(exchange.response().status()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'X':'a'}                               | a
            {'X':2}                                 | 2
            {'X':''}                                | ``
            {'set':{'X':'a'}}                       | a
            {'add':['X: a','X:b']}                  | 1,a,b
            {'remove':['x']}                        | ``
            {'add':['X: a'],'remove':['X']}         | ``
            {'X':'$uri,$sent_http_etag,${arg_none}.'} | /path,e,.
            {'X':'a$100'}                           | a
            {'add':['ETag: f'],'set':{'X':'$sent_http_etag'}} | e
            {}                                      | 1
            """)
    void editsHeaders(String headers, String expected) {
        var exchange = answered(200);

        plugin.bind("{'headers':" + headers + "}").onResponse(exchange);

        assertThat(String.join(",", exchange.response().headers().all(X))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Server", "Date", "Content-Type", "Location"})
    void fieldsOfTheGatewayCanBeSet(String name) {
        var exchange = answered(200);

        plugin.bind("{'headers':{'set':{'" + name + "':'mine'}}}").onResponse(exchange);

        assertThat(exchange.response().headers().all(HeaderName.of(name))).containsExactly("mine");
    }

    @Test
    void noVariableCanEndTheLineItIsWrittenOn() {
        var exchange = DescribedRequest.get("/?x=a%0d%0aEvil:%00b").exchange();

        plugin.bind("{'headers':{'X':'$arg_x'}}").onResponse(exchange);

        assertThat(exchange.response().headers().first(X)).isEqualTo("aEvil:b");
    }

    @Test
    void withoutALengthTheBodyGoesInChunks() {
        var exchange = answered(200);

        plugin.bind("{'headers':{'remove':['Content-Length']}}").onResponse(exchange);

        assertThat(new String(body(exchange, WireText.bytes("hello")), StandardCharsets.US_ASCII))
                .isEqualTo("hello");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'body':'new ü'}                          | new ü
            {'body':''}                               | ``
            {'body':'bmV3','body_base64':true}        | new
            """)
    void replacesTheBodyAndWhatDescribedIt(String config, String expected) {
        var exchange = answered(200);
        exchange.response().headers().add(HeaderName.CONTENT_ENCODING, "gzip");

        plugin.bind(config).onResponse(exchange);

        assertThat(new String(body(exchange, WireText.bytes("hello")), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(exchange.response().headers().size()).isEqualTo(1);
        assertThat(exchange.response().headers().contains(X)).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'regex':'l','replace':'L'}                                   | heLlo HELLO
            {'regex':'l','replace':'L','scope':'global'}                  | heLLo HELLO
            {'regex':'(h)(E)','replace':'$2$1$0','options':'ijo','scope':'global'} | ehhello EHHELLO
            {'regex':'z','replace':'L'}                                   | hello HELLO
            {'regex':'hello','replace':'a'},{'regex':'a','replace':'b'}   | b HELLO
            {'regex':'(','replace':'L'}                                   | ``
            """)
    void editsTheWholeBodyInOrder(String filters, String expected) {
        var text = edited("{'filters':[" + filters + "]}", "identity", WireText.bytes("hello HELLO"));

        assertThat(text).isEqualTo(expected);
    }

    @Test
    void looksIntoCompressedBodies() throws IOException {
        var config = "{'filters':[{'regex':'hello','replace':'bye','scope':'global'}]}";
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(WireText.bytes("hello gzip, hello"));
        }

        assertThat(edited(config, "gzip", zipped.toByteArray())).isEqualTo("bye gzip, bye");
        assertThat(edited(config, "br", BROTLI)).isEqualTo("bye brotli, bye");
        assertThat(edited(config, "zstd", WireText.bytes("hello"))).isEmpty();
        assertThat(edited(config, "gzip", WireText.bytes("torn"))).isEmpty();
    }

    @Test
    void cutsBodiesAtTheLimitAlsoThoseThatGrow() throws IOException {
        var config = "{'filters':[{'regex':'$','replace':'.'}],'max_resp_body_size':10}";
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[1 << 20]);
        }
        var unbounded = config.replace("10}", "1000}");

        assertThat(edited(config, "identity", new byte[100])).hasSize(11);
        assertThat(edited(unbounded, "gzip", Arrays.copyOf(bomb.toByteArray(), 1000)))
                .hasSize(1001);
    }

    @Test
    void whatCannotBeDecidedIsNotShown() {
        var config = "{'filters':[{'regex':'^(a|aa)+\\\\1$','replace':'x'}]}";

        assertThat(edited(config, "identity", WireText.bytes("a".repeat(60) + "!")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'status_code':1}                       | property "status_code" validation failed: expected 1 to be at least 200
            {'body':'???','body_base64':true}       | invalid base64 content
            {'body_base64':true}                    | invalid base64 content
            {'vars':[['a','zz','b']]}               | failed to validate the 'vars' expression: invalid operator 'zz'
            {'filters':[{'regex':'x','replace':'y','options':'Q'}]} | regex "x" validation failed: unknown flag "Q" (flags "Q")
            {'headers':{'add':['a']}}               | property "headers" validation failed: object matches none of the required
            {'headers':{'add':['a:b:c']}}           | property "headers" validation failed: object matches none of the required
            {'headers':{'a b':'1'}}                 | invalid field character in header
            {'headers':{'a':'1\\n2'}}             | invalid value character in header
            {'headers':{'Content-Length':'1'}}      | headers: Content-Length (expected: a field that does not frame the body)
            {'max_resp_body_size':2000000000}       | max_resp_body_size: 2000000000 (expected: 1..1073741824)
            """)
    void refusesWrongConfigurations(String config, String expected) {
        assertThat(plugin.refusal(config)).isEqualTo(expected);
    }

    @Test
    void bodyAndFiltersExcludeEachOther() {
        assertThat(plugin.refusal("{'body':'x','filters':[{'regex':'x','replace':'y'}]}"))
                .startsWith("failed to validate dependent schema for \"")
                .endsWith("\": value wasn't supposed to match schema");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'headers':{'set':{'X':'$post_arg_x'}}}  | true
            {'headers':{'add':['X: $post_arg_x']}}   | true
            {'headers':{'set':{'X':'$arg_x'}}}       | false
            {'vars':[['post_arg_x','==','1']]}       | true
            {'status_code':201}                      | false
            """)
    void saysWhetherItLooksAtTheBody(String config, boolean looks) {
        assertThat(plugin.bind(config).readsBody()).isEqualTo(looks);
    }
}
