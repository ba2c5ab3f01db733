package io.suimon.engine.plugins.basicauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.text.WireText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BasicAuthPluginTest {

    private static final AuthenticatedConsumer JACK =
            new AuthenticatedConsumer("jack", "c1", "id-7", null, Map.of("custom_id", "id-7"));
    private static final AuthenticatedConsumer GUEST = new AuthenticatedConsumer("guest", null, null, null, Map.of());
    private static final BasicAuthPlugin PLUGIN = new BasicAuthPlugin();
    private static final ConsumerIndex CONSUMERS =
            consumers("foo", "bar", "blank", "b r", "é", "ü", "nothing", "", "", "nameless", "a", "p:q");
    private static final Map<String, Decision> EXPECTED = Map.of(
            "jack", Decision.proceed(),
            "missing", refusal("Missing authorization in request", "basic"),
            "invalid", refusal("Invalid authorization in request", "basic"),
            "wrong", refusal("Invalid user authorization", "basic"));

    private final BoundPlugin plugin = BoundPlugin.of(PLUGIN);

    private static ConsumerIndex consumers(String... namesAndPasswords) {
        var entries = new HashMap<String, ConsumerIndex.Entry>();
        for (int i = 0; i < namesAndPasswords.length; i += 2) {
            var credential = new BasicAuthCredential(namesAndPasswords[i], namesAndPasswords[i + 1]);
            entries.put(PLUGIN.keyOf(credential), new ConsumerIndex.Entry(JACK, PLUGIN.prepared(credential)));
        }
        return new ConsumerIndex(Map.of("basic-auth", entries), Map.of("jack", JACK, "guest", GUEST));
    }

    private static Decision refusal(String message, String realm) {
        return Decision.json(401, "{\"message\":\"" + message + "\"}")
                .with(HeaderName.WWW_AUTHENTICATE, "Basic realm=\"" + realm + "\"");
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private Decision decide(String field) {
        var exchange = DescribedRequest.get("/").header("Authorization", field).exchange(CONSUMERS);
        return plugin.bind("{}").onRewrite(exchange);
    }

    /** Zm9vOmJhcg== is foo:bar. */
    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource(textBlock = """
            Basic Zm9vOmJhcg==,                 jack
            basic Zm9vOmJhcg==,                 jack
            BASIC Zm9vOmJhcg==,                 jack
            bAsIc Zm9vOmJhcg==,                 jack
            'Basic\tZm9vOmJhcg==',              jack
            Basic Zm9vOmJhcg=,                  jack
            Basic Zm9vOmJhcg,                   jack
            Basic Zm9vOmJhcg==trailing,         jack
            Basic Zm9vOmJhcg== and more,        jack
            'Basic Zm9vOmJhcg=, realm="x"',     jack
            Bearer Basic Zm9vOmJhcg==,          jack
            xBasic Zm9vOmJhcg==,                jack
            BasicBasic Zm9vOmJhcg==,            jack
            '',                                 invalid
            Basic,                              invalid
            'Basic ',                           invalid
            'Basic  Zm9vOmJhcg==',              invalid
            BasicZm9vOmJhcg==,                  invalid
            Basic x Basic Zm9vOmJhcg==,         invalid
            Zm9vOmJhcg==,                       invalid
            Bearer Zm9vOmJhcg==,                invalid
            Basic Zm9v OmJhcg==,                invalid
            Basic Zm9vOmJhc,                    invalid
            Basic foo:bar,                      invalid
            Basic ====,                         invalid
            Basic Zm9vOmJh_-,                   invalid
            """)
    void findsTheSchemeAnywhereWithOneBlankBehindIt(String field, String expected) {
        assertThat(decide(field)).isEqualTo(EXPECTED.get(expected));
    }

    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            foo:bar,jack
            foo:bar:baz,jack
            foo:bar:,jack
            f oo:b a r,jack
            'fo\to\r\n:\013\fbar\n',jack
            é:ü,jack
            a:p,wrong
            a:p:q,wrong
            foo,invalid
            foo:,invalid
            foo: \t,invalid
            foo::bar,invalid
            :,invalid
            '',invalid
            foo:baz,wrong
            foo:BAR,wrong
            foo:barx,wrong
            foo:ba,wrong
            FOO:bar,wrong
            nobody:bar,wrong
            blank:b r,wrong
            blank:br,wrong
            nothing:,invalid
            nothing:x,wrong
            :nameless,jack
            :other,wrong
            """)
    void comparesWhatIsLeftWithoutWhiteSpaceAndBehindASecondColon(String login, String expected) {
        assertThat(decide(basic(login))).isEqualTo(EXPECTED.get(expected));
    }

    @Test
    void aRequestWithoutTheFieldIsAnsweredSo() {
        var exchange = DescribedRequest.get("/").exchange(CONSUMERS);

        assertThat(plugin.bind("{}").onRewrite(exchange)).isEqualTo(EXPECTED.get("missing"));
        assertThat(exchange.consumer()).isNull();
    }

    @Test
    void nobodyIsLetInWhereNobodyHasAPassword() {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", basic("foo:bar"))
                .exchange();

        assertThat(plugin.bind("{}").onRewrite(exchange)).isEqualTo(EXPECTED.get("wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo:bar\u0000", "foo:\u0000bar", "foo\u0000:bar"})
    void bytesOfEveryKindCount(String login) {
        assertThat(decide(basic(login))).isEqualTo(EXPECTED.get("wrong"));
    }

    @Test
    void theRealmCanBeChosen() {
        var exchange = DescribedRequest.get("/").exchange(CONSUMERS);

        assertThat(plugin.bind("{'realm':'my realm'}").onRewrite(exchange))
                .isEqualTo(refusal("Missing authorization in request", "my realm"));
    }

    @Test
    void tellsTheUpstreamWhoCalls() {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", basic("foo:bar"))
                .header("X-Consumer-Username", "root")
                .exchange(CONSUMERS);

        plugin.bind("{}").onRewrite(exchange);

        var headers = exchange.request().headers();
        assertThat(exchange.consumer()).isEqualTo(JACK);
        assertThat(headers.all(HeaderName.of("x-consumer-username"))).containsExactly("jack");
        assertThat(headers.all(HeaderName.of("x-credential-identifier"))).containsExactly("c1");
        assertThat(headers.all(HeaderName.of("x-consumer-custom-id"))).containsExactly("id-7");
        assertThat(headers.first(HeaderName.AUTHORIZATION)).isEqualTo(basic("foo:bar"));
    }

    @ParameterizedTest(name = "[{0}], anonymous {1}: {2}")
    @CsvSource(nullValues = "none", textBlock = """
            foo:bar, guest, jack
            foo:baz, guest, guest
            foo:,    guest, guest
            none,    guest, guest
            none,    nope,  nobody
            foo:baz, nope,  nobody
            foo:bar, nope,  jack
            """)
    void callersWithoutTheRightPasswordAreTheAnonymousConsumer(String login, String anonymous, String expected) {
        var request = DescribedRequest.get("/");
        var exchange = (login == null ? request : request.header("Authorization", basic(login))).exchange(CONSUMERS);

        var decision = plugin.bind("{'anonymous_consumer':'" + anonymous + "'}").onRewrite(exchange);

        if (expected.equals("nobody")) {
            assertThat(decision).isEqualTo(Decision.json(401, "{\"message\":\"Invalid user authorization\"}"));
        } else {
            assertThat(decision).isEqualTo(Decision.proceed());
            assertThat(exchange.consumer()).isEqualTo(expected.equals("jack") ? JACK : GUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo:bar", "foo:baz"})
    void hidesTheCredentialsRightOrWrong(String login) {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", basic(login))
                .header("Authorization", "other")
                .exchange(CONSUMERS);

        var decision = plugin.bind("{'hide_credentials':true,'anonymous_consumer':'guest'}")
                .onRewrite(exchange);

        assertThat(decision).isEqualTo(Decision.proceed());
        assertThat(exchange.request().headers().contains(HeaderName.AUTHORIZATION))
                .isFalse();
    }

    @Test
    void theFirstOfSeveralFieldsCounts() {
        var exchange = DescribedRequest.get("/")
                .header("Authorization", basic("foo:baz"))
                .header("Authorization", basic("foo:bar"))
                .exchange(CONSUMERS);

        assertThat(plugin.bind("{}").onRewrite(exchange)).isEqualTo(EXPECTED.get("wrong"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {'realm':'a\\"b'}           | property "realm" validation failed: failed to match pattern
            {'realm':''}                | property "realm" validation failed: string too short
            {'anonymous_consumer':''}   | property "anonymous_consumer" validation failed: string too short
            {'hide_credentials':'yes'}  | property "hide_credentials" validation failed: wrong type
            """)
    void wrongConfigurationsAreRefused(String config, String expected) {
        assertThat(plugin.refusal(config)).startsWith(expected);
    }

    @Test
    void passwordsAreNeverPrinted() {
        var credential = new BasicAuthCredential("foo", "s3cret");

        assertThat(credential.toString()).contains("foo").doesNotContain("s3cret");
        assertThat(PLUGIN.prepared(credential).toString()).doesNotContain("s3cret");
        assertThat(String.valueOf(BasicLogin.parse(basic("foo:s3cret")))).doesNotContain("s3cret");
    }

    @Test
    void namesOfAnyLanguageAreFoundAsTheirBytes() {
        assertThat(PLUGIN.keyOf(new BasicAuthCredential("é", "p"))).isEqualTo(WireText.of("é"));
    }
}
