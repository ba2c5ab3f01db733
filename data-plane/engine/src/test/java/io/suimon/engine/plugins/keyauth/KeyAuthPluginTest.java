package io.suimon.engine.plugins.keyauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import io.suimon.engine.plugin.Decision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyAuthPluginTest {

    private static final AuthenticatedConsumer JACK =
            new AuthenticatedConsumer("jack", "c1", "id-7", null, Map.of("custom_id", "id-7"));
    private static final AuthenticatedConsumer GUEST = new AuthenticatedConsumer("guest", null, null, null, Map.of());
    private static final ConsumerIndex CONSUMERS = consumers();
    private static final Decision MISSING = refusal("Missing API key in request", "key");
    private static final Decision INVALID = refusal("Invalid API key in request", "key");

    private final BoundPlugin plugin = BoundPlugin.of(new KeyAuthPlugin());

    private static ConsumerIndex consumers() {
        return new ConsumerIndex(
                Map.of("key-auth", Map.of("good", new ConsumerIndex.Entry(JACK, new KeyAuthCredential("good")))),
                Map.of("jack", JACK, "guest", GUEST));
    }

    private static Decision refusal(String message, String realm) {
        return Decision.json(401, "{\"message\":\"" + message + "\"}")
                .with(HeaderName.WWW_AUTHENTICATE, "apikey realm=\"" + realm + "\"");
    }

    @ParameterizedTest(name = "header {0}, target {1}: {2}")
    @CsvSource({
        "good, /,             jack",
        "bad,  /,             invalid",
        "'',   /,             invalid",
        "    , /,             missing",
        "    , /?apikey=good, jack",
        "    , /?apikey=bad,  invalid",
        "    , /?apikey=,     invalid",
        "    , /?apikey,      invalid",
        "bad,  /?apikey=good, invalid", // a header that is there wins
    })
    void looksInTheHeaderThenInTheQuery(String header, String target, String expected) {
        var request = DescribedRequest.get(target);
        var exchange = (header == null ? request : request.header("ApiKey", header)).exchange(CONSUMERS);

        var decision = plugin.bind("{}").onRewrite(exchange);

        assertThat(decision)
                .isEqualTo(Map.of("jack", Decision.proceed(), "invalid", INVALID, "missing", MISSING)
                        .get(expected));
        assertThat(exchange.consumer()).isEqualTo(expected.equals("jack") ? JACK : null);
    }

    @Test
    void firstOfSeveralHeadersCounts() {
        var exchange = DescribedRequest.get("/")
                .header("apikey", "bad")
                .header("apikey", "good")
                .exchange(CONSUMERS);

        assertThat(plugin.bind("{}").onRewrite(exchange)).isEqualTo(INVALID);
    }

    @Test
    void namesAndRealmCanBeChosen() {
        var filter = plugin.bind("{'header':'X-Key','query':'k','realm':'my realm'}");

        assertThat(filter.onRewrite(
                        DescribedRequest.get("/").header("x-key", "good").exchange(CONSUMERS)))
                .isEqualTo(Decision.proceed());
        assertThat(filter.onRewrite(DescribedRequest.get("/?k=good").exchange(CONSUMERS)))
                .isEqualTo(Decision.proceed());
        assertThat(filter.onRewrite(DescribedRequest.get("/?apikey=good").exchange(CONSUMERS)))
                .isEqualTo(refusal("Missing API key in request", "my realm"));
    }

    @Test
    void nobodyIsLetInWhereNobodyHasAKey() {
        var exchange = DescribedRequest.get("/?apikey=good").exchange();

        assertThat(plugin.bind("{}").onRewrite(exchange)).isEqualTo(INVALID);
    }

    @Test
    void tellsTheUpstreamWhoCalls() {
        var exchange = DescribedRequest.get("/")
                .header("apikey", "good")
                .header("X-Consumer-Username", "root")
                .exchange(CONSUMERS);

        plugin.bind("{}").onRewrite(exchange);

        var headers = exchange.request().headers();
        assertThat(headers.all(HeaderName.of("x-consumer-username"))).containsExactly("jack");
        assertThat(headers.all(HeaderName.of("x-credential-identifier"))).containsExactly("c1");
        assertThat(headers.all(HeaderName.of("x-consumer-custom-id"))).containsExactly("id-7");
        assertThat(headers.first(HeaderName.of("apikey"))).isEqualTo("good");
        assertThat(exchange.upstream().target()).isNull();
    }

    @Test
    void clientsDoNotGetToSayWhatAConsumerHasNot() {
        var exchange = DescribedRequest.get("/")
                .header("X-Credential-Identifier", "forged")
                .header("X-Consumer-Custom-ID", "forged")
                .exchange(CONSUMERS);

        plugin.bind("{'anonymous_consumer':'guest'}").onRewrite(exchange);

        assertThat(exchange.consumer()).isEqualTo(GUEST);
        assertThat(exchange.request().headers().contains(HeaderName.of("x-credential-identifier")))
                .isFalse();
        assertThat(exchange.request().headers().contains(HeaderName.of("x-consumer-custom-id")))
                .isFalse();
    }

    @Test
    void unknownAnonymousConsumerIsRefused() {
        var exchange = DescribedRequest.get("/").exchange(CONSUMERS);

        assertThat(plugin.bind("{'anonymous_consumer':'nope'}").onRewrite(exchange))
                .isEqualTo(Decision.json(401, "{\"message\":\"Invalid user authorization\"}"));
    }

    @Test
    void hidesTheHeaderAndLeavesTheArgument() {
        var exchange =
                DescribedRequest.get("/?apikey=x").header("apikey", "good").exchange(CONSUMERS);

        plugin.bind("{'hide_credentials':true}").onRewrite(exchange);

        assertThat(exchange.request().headers().contains(HeaderName.of("apikey")))
                .isFalse();
        assertThat(exchange.upstream().target()).isNull();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "/a%41?apikey=good,                  /a%41",
        "/a?x=1&apikey=good&y=a+b%20c&z,     /a?x=1&y=a%20b%20c&z",
        "/a?apikey=good&apikey=other&q=%26,  /a?q=%26",
        "http://h/p?apikey=good,             /p",
        "http://h?apikey=good,               /",
    })
    void hidesTheArgumentAndBuildsTheQueryAnew(String target, String expected) {
        var exchange = DescribedRequest.get(target).exchange(CONSUMERS);

        plugin.bind("{'hide_credentials':true}").onRewrite(exchange);

        assertThat(exchange.upstream().target()).isEqualTo(expected);
        assertThat(exchange.consumer()).isEqualTo(JACK);
    }

    @Test
    void hidesABadKeyOfAnAnonymousCaller() {
        var exchange = DescribedRequest.get("/a?apikey=bad").exchange(CONSUMERS);

        plugin.bind("{'hide_credentials':true,'anonymous_consumer':'guest'}").onRewrite(exchange);

        assertThat(exchange.upstream().target()).isEqualTo("/a");
    }

    @Test
    void keysOfAnyLanguageAreFoundAsTheirBytes() {
        var key = new KeyAuthPlugin().keyOf(new KeyAuthCredential("é"));

        assertThat(key).isEqualTo("\u00c3\u00a9");
    }

    @Test
    void refusesARealmThatBreaksOutOfItsQuotes() {
        assertThat(plugin.refusal("{'realm':'a\\\"b'}")).startsWith("property \"realm\" validation failed: failed to");
    }
}
