package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JwtAuthPluginTest {

    private static final String SECRET = "my-secret-of-some-length-or-other";
    private static final String CHALLENGE = ", Bearer realm=\"jwt\"";
    private static final String MISSING = "401 Missing JWT token in request" + CHALLENGE;
    private static final String INVALID = "401 JWT token invalid" + CHALLENGE;
    private static final String NO_KEY = "401 missing user key in JWT token" + CHALLENGE;
    private static final String UNKNOWN = "401 Invalid user key in JWT token" + CHALLENGE;
    private static final String UNVERIFIED = "401 failed to verify jwt" + CHALLENGE;
    private static final String CLAIMS = "{\"key\":\"user-key\"}";
    private static final String GOOD = token(CLAIMS);
    private static final String BAD = GOOD.substring(0, GOOD.length() - 8) + "AAAAAAAA";

    /** In seconds. */
    private static final long NOW = BoundPlugin.START.getEpochSecond();

    private final JwtScene scene = new JwtScene(JwtScene.withSecret("HS256", SECRET));

    private static String token(String payload) {
        return SignedToken.of("HS256", SignedToken.secret(SECRET), payload);
    }

    private static DescribedRequest described(@Nullable String header, String target, @Nullable String cookie) {
        var request = DescribedRequest.get(target.replace("GOOD", GOOD).replace("BAD", BAD));
        var named = header == null
                ? request
                : request.header("Authorization", header.replace("GOOD", GOOD).replace("BAD", BAD));
        return cookie == null
                ? named
                : named.header("Cookie", cookie.replace("GOOD", GOOD).replace("BAD", BAD));
    }

    @ParameterizedTest(name = "header [{0}], target {1}, cookie [{2}]: {3}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            Bearer GOOD    | /              | none             | jack
            bearer GOOD    | /              | none             | jack
            GOOD           | /              | none             | jack
            BEARER GOOD    | /              | none             | invalid
            Bearer  GOOD   | /              | none             | invalid
            BearerGOOD     | /              | none             | invalid
            'Bearer '      | /              | none             | invalid
            ''             | /              | none             | invalid
            ''             | /?jwt=GOOD     | none             | invalid
            Basic Zm9vOmI= | /              | none             | invalid
            Bearer BAD     | /?jwt=GOOD     | jwt=GOOD         | unverified
            none           | /?jwt=GOOD     | none             | jack
            none           | /?a=b&jwt=GOOD | none             | jack
            none           | /?jwt=Bearer%20GOOD | none        | invalid
            none           | /?jwt=         | jwt=GOOD         | invalid
            none           | /?jwt          | jwt=GOOD         | invalid
            none           | /?jwt=BAD      | jwt=GOOD         | unverified
            none           | /?JWT=GOOD     | none             | missing
            none           | /              | jwt=GOOD         | jack
            none           | /              | a=b; jwt=GOOD    | jack
            none           | /              | a=b;jwt=GOOD;c=d | jack
            none           | /              | a=b ; jwt = GOOD | jack
            none           | /              | jwt=BAD; jwt=GOOD | unverified
            none           | /              | jwt=             | invalid
            none           | /              | jwt="GOOD"       | missing
            none           | /              | a="b"; jwt=GOOD  | missing
            none           | /              | JWT=GOOD         | missing
            none           | /              | xjwt=GOOD        | missing
            none           | /              | jwt              | missing
            none           | /              | none             | missing
            """)
    void looksInTheHeaderThenInTheQueryThenAmongTheCookies(
            String header, String target, String cookie, String expected) {
        var outcome = scene.outcome("{}", described(header, target, cookie));

        assertThat(outcome)
                .isEqualTo(
                        switch (expected) {
                            case "invalid" -> INVALID;
                            case "missing" -> MISSING;
                            case "unverified" -> UNVERIFIED;
                            default -> expected;
                        });
    }

    @Test
    void cookiesOfSeveralFieldsCount() {
        var request = DescribedRequest.get("/").header("Cookie", "a=b").header("Cookie", "jwt=" + GOOD);

        assertThat(scene.outcome("{}", request)).isEqualTo("jack");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {'header':'X-Token'} | x-token
            {'header':'x-token'} | X-Token
            """)
    void theFieldCanBeChosen(String config, String field) {
        assertThat(scene.outcome(config, DescribedRequest.get("/").header(field, GOOD)))
                .isEqualTo("jack");
        assertThat(scene.outcome(config, DescribedRequest.get("/").header("Authorization", GOOD)))
                .isEqualTo(MISSING);
    }

    @Test
    void argumentAndCookieCanBeChosen() {
        var config = "{'query':'q','cookie':'c','realm':'my realm'}";

        assertThat(scene.outcome(config, DescribedRequest.get("/?q=" + GOOD))).isEqualTo("jack");
        assertThat(scene.outcome(config, DescribedRequest.get("/").header("Cookie", "c=" + GOOD)))
                .isEqualTo("jack");
        assertThat(scene.outcome(config, DescribedRequest.get("/?jwt=" + GOOD)))
                .isEqualTo("401 Missing JWT token in request, Bearer realm=\"my realm\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"key":"user-key"}               | jack
            {"key":"user-key","other":[{}]}  | jack
            {}                               | no key
            {"KEY":"user-key"}               | no key
            {"key":false}                    | no key
            {"key":7}                        | unknown
            {"key":null}                     | unknown
            {"key":true}                     | unknown
            {"key":["user-key"]}             | unknown
            {"key":{"key":"user-key"}}       | unknown
            {"key":""}                       | unknown
            {"key":"other"}                  | unknown
            {"key":"user-key "}              | unknown
            {"key":"user-key","key":"x"}     | invalid
            []                               | invalid
            "user-key"                       | invalid
            7                                | invalid
            null                             | invalid
            {"key":"user-key"                | invalid
            {"key":"user-key"} {}            | invalid
            {'key':'user-key'}               | invalid
            {"key":"user-key",}              | invalid
            {"key":"user-key","n":NaN}       | invalid
            {"key":"user-key","n":01}        | invalid
            {"key":"user-key"/**/}           | invalid
            """)
    void theClaimNamesTheConsumer(String payload, String expected) {
        assertThat(scene.bearer(token(payload)))
                .isEqualTo(
                        switch (expected) {
                            case "no key" -> NO_KEY;
                            case "unknown" -> UNKNOWN;
                            case "invalid" -> INVALID;
                            default -> expected;
                        });
    }

    @Test
    void theNameOfTheClaimCanBeChosen() {
        var request = DescribedRequest.get("/").header("Authorization", token("{\"iss\":\"user-key\"}"));

        assertThat(scene.outcome("{'key_claim_name':'iss'}", request)).isEqualTo("jack");
        assertThat(scene.outcome("{}", request)).isEqualTo(NO_KEY);
    }

    @Test
    void keysOfAnyLanguageAreFound() {
        var umlaut = new JwtScene(new JwtAuthCredential("schlüssel-鍵", SECRET, "HS256", false, null, 1, 0));

        assertThat(umlaut.bearer(token("{\"key\":\"schlüssel-鍵\"}"))).isEqualTo("jack");
        assertThat(umlaut.bearer(token("{\"key\":\"schl\\u00fcssel-\\u9375\"}")))
                .isEqualTo("jack");
    }

    @ParameterizedTest(name = "{0} under {1}, grace {2}: {3}")
    @CsvSource(nullValues = "none", delimiter = '|', quoteCharacter = '`', textBlock = """
            "exp":+1              | none            | 0 | true
            "exp":0               | none            | 0 | false
            "exp":-1              | none            | 0 | false
            "exp":0               | none            | 5 | true
            "exp":-4              | none            | 5 | true
            "exp":-5              | none            | 5 | false
            "nbf":-1              | none            | 0 | true
            "nbf":0               | none            | 0 | false
            "nbf":+1              | none            | 0 | false
            "nbf":+4              | none            | 5 | true
            "nbf":+5              | none            | 5 | false
            "nbf":-1,"exp":+1     | none            | 0 | true
            "nbf":-1,"exp":-1     | none            | 0 | false
            "nbf":+1,"exp":+9     | none            | 0 | false
            "exp":"+1"            | none            | 0 | false
            "exp":null            | none            | 0 | false
            "exp":true            | none            | 0 | false
            "exp":[]              | none            | 0 | false
            "exp":1e999           | none            | 0 | false
            "exp":1e15            | none            | 0 | true
            "exp":-1e15           | none            | 0 | false
            "exp":99999999999999999999 | none       | 0 | true
            "nbf":"x"             | none            | 0 | false
            "nbf":-1e999          | none            | 0 | false
            "a":1                 | none            | 0 | true
            "a":1                 | 'exp'           | 0 | false
            "exp":+1              | 'exp'           | 0 | true
            "exp":-1              | 'exp'           | 0 | false
            "exp":"x"             | 'exp'           | 0 | false
            "exp":+1              | 'nbf'           | 0 | false
            "exp":+1              | 'exp','nbf'     | 0 | false
            "exp":+1,"nbf":-1     | 'exp','nbf'     | 0 | true
            "exp":+1,"nbf":+1     | 'exp'           | 0 | true
            "exp":-1,"nbf":-1     | 'nbf'           | 0 | true
            """)
    void timesAreCheckedWhereTheyAreAndDemandedWhereTheyMustBe(
            String claims, String demanded, long grace, boolean passes) {
        var graceful = new JwtScene(new JwtAuthCredential("user-key", SECRET, "HS256", false, null, 86_400, grace));
        var payload = "{\"key\":\"user-key\"," + resolved(claims) + "}";
        var config = demanded == null ? "{}" : "{'claims_to_verify':[" + demanded + "]}";

        var outcome = graceful.outcome(config, DescribedRequest.get("/").header("Authorization", token(payload)));

        assertThat(outcome).as(payload).isEqualTo(passes ? "jack" : UNVERIFIED);
    }

    /** With small numbers turned into moments as far from now. */
    private static String resolved(String claims) {
        return Pattern.compile(":([+-]?[0-9])(?=,|$)")
                .matcher(claims)
                .replaceAll(match -> match.group(1).equals("1") ? ":1" : ":" + (NOW + Long.parseLong(match.group(1))));
    }

    @Test
    void timeGoesOn() {
        var token = token("{\"key\":\"user-key\",\"exp\":" + (NOW + 10) + "}");
        var filter = scene.plugin().bind("{}");
        var early = scene.exchange(DescribedRequest.get("/").header("Authorization", token));
        var late = scene.exchange(DescribedRequest.get("/").header("Authorization", token));

        filter.onRewrite(early);
        scene.plugin().pass(10_000);
        filter.onRewrite(late);

        assertThat(Optional.ofNullable(early.consumer())).contains(JwtScene.JACK);
        assertThat(late.consumer()).isNull();
    }

    @ParameterizedTest(name = "header [{0}], target {1}, cookie [{2}]: target {3}, cookie {4}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            Bearer GOOD | /?jwt=x&a=1      | jwt=y; a=1           | none     | jwt=y; a=1
            none        | /p?a=1&jwt=GOOD  | jwt=y                | /p?a=1   | jwt=y
            none        | /p?jwt=GOOD      | none                 | /p       | none
            none        | /                | a=1;jwt=GOOD ;b = 2  | none     | a=1; b = 2
            none        | /                | jwt=GOOD             | none     | none
            none        | /                | jwt=GOOD; a=1; jwt=x | none     | a=1
            Bearer BAD  | /                | a=1                  | none     | a=1
            none        | /?jwt=BAD        | none                 | /        | none
            """)
    void hidesTheTokenWhereItWasFoundRightOrWrong(
            String header, String target, String cookie, String expectedTarget, String expectedCookie) {
        var exchange = scene.exchange(described(header, target, cookie));

        scene.outcome("{'hide_credentials':true,'anonymous_consumer':'guest'}", exchange);

        assertThat(exchange.consumer()).isNotNull();
        assertThat(exchange.request().headers().contains(HeaderName.AUTHORIZATION))
                .isFalse();
        assertThat(exchange.upstream().target()).isEqualTo(expectedTarget);
        assertThat(exchange.request().headers().first(HeaderName.COOKIE)).isEqualTo(expectedCookie);
    }

    @Test
    void theTokenStaysWhereNobodyHidesIt() {
        var exchange = scene.exchange(described("Bearer GOOD", "/?jwt=x", "jwt=y"));

        scene.outcome("{}", exchange);

        assertThat(exchange.request().headers().first(HeaderName.AUTHORIZATION)).isEqualTo("Bearer " + GOOD);
        assertThat(exchange.upstream().target()).isNull();
    }

    @ParameterizedTest(name = "[{0}], anonymous {1}: {2}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            Bearer GOOD | guest | jack
            Bearer BAD  | guest | guest
            Bearer x    | guest | guest
            none        | guest | guest
            none        | nope  | 401 Invalid user authorization
            Bearer BAD  | nope  | 401 Invalid user authorization
            Bearer GOOD | nope  | jack
            """)
    void callersWithoutAGoodTokenAreTheAnonymousConsumer(String header, String anonymous, String expected) {
        var config = "{'anonymous_consumer':'" + anonymous + "'}";

        assertThat(scene.outcome(config, described(header, "/", null))).isEqualTo(expected);
    }

    @Test
    void keepsTheClaimsForOthersWhereThatIsWanted() {
        var kept = scene.exchange(described("Bearer GOOD", "/", null));
        var refused = scene.exchange(described("Bearer BAD", "/", null));
        var forgotten = scene.exchange(described("Bearer GOOD", "/", null));

        scene.outcome("{'store_in_ctx':true}", kept);
        scene.outcome("{'store_in_ctx':true}", refused);
        scene.outcome("{}", forgotten);

        assertThat(kept.variable("jwt_auth_payload")).isEqualTo(CLAIMS);
        assertThat(refused.variable("jwt_auth_payload")).isNull();
        assertThat(forgotten.variable("jwt_auth_payload")).isNull();
    }

    @Test
    void tellsTheUpstreamWhoCalls() {
        var exchange = scene.exchange(described("Bearer GOOD", "/", null).header("X-Consumer-Username", "root"));

        scene.outcome("{}", exchange);

        var headers = exchange.request().headers();
        assertThat(headers.all(HeaderName.of("x-consumer-username"))).containsExactly("jack");
        assertThat(headers.all(HeaderName.of("x-credential-identifier"))).containsExactly("c1");
        assertThat(headers.all(HeaderName.of("x-consumer-custom-id"))).containsExactly("id-7");
    }

    @Test
    void nobodyIsLetInWhereNobodyHasAKey() {
        var exchange = DescribedRequest.get("/").header("Authorization", GOOD).exchange();

        assertThat(scene.outcome("{}", exchange)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {'realm':'a\\"b'}               | property "realm" validation failed: failed to match pattern
            {'key_claim_name':''}           | property "key_claim_name" validation failed: string too short
            {'claims_to_verify':['iat']}    | property "claims_to_verify" validation failed: failed to validate item 1
            {'claims_to_verify':['exp','exp']} | property "claims_to_verify" validation failed: expected unique items
            {'anonymous_consumer':''}       | property "anonymous_consumer" validation failed: string too short
            """)
    void wrongConfigurationsAreRefused(String config, String expected) {
        assertThat(scene.plugin().refusal(config)).startsWith(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            HS256 | none | false | none | property "secret" is required when using HS based algorithms
            HS512 | none | false | pem  | property "secret" is required when using HS based algorithms
            HS256 | %    | true  | none | base64_secret required but the secret is not in base64 format
            RS256 | s    | false | none | missing valid public key
            EdDSA | s    | false | none | missing valid public key
            """)
    void consumersNeedWhatTheirAlgorithmNeeds(
            String algorithm, String secret, boolean base64, String publicKey, String expected) {
        assertThatThrownBy(() -> new JwtAuthCredential("k", secret, algorithm, base64, publicKey, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }

    @Test
    void aSecretMayBeInBase64() {
        var secret = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
        var credential = new JwtAuthCredential("user-key", secret, "HS256", true, null, 86_400, 0);
        var plain = new JwtAuthCredential("user-key", secret, "HS256", false, null, 86_400, 0);

        assertThat(new JwtScene(credential).bearer(GOOD)).isEqualTo("jack");
        assertThat(new JwtScene(plain).bearer(GOOD)).isEqualTo(UNVERIFIED);
    }

    @Test
    void secretsAreNeverPrinted() {
        var credential = JwtScene.withSecret("HS256", SECRET);

        assertThat(credential + " " + new JwtAuthPlugin().prepared(credential) + " " + Token.parse(GOOD))
                .doesNotContain(SECRET, GOOD.substring(GOOD.lastIndexOf('.')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "\u00e9.\u00e9.\u00e9"})
    void whatIsNoTokenIsRefused(String text) {
        assertThat(scene.outcome("{}", DescribedRequest.get("/").header("Authorization", text)))
                .isEqualTo(INVALID);
    }
}
