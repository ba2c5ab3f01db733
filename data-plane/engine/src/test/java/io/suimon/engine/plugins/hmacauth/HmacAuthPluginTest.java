package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.BoundPlugin;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HmacAuthPluginTest {

    private final HmacScene scene = new HmacScene();

    /** The example of the documentation, with its own clock. */
    @Test
    void theExampleIsVerified() {
        var then = Instant.parse("2026-11-22T23:57:17Z");
        scene.plugin().pass(Duration.between(BoundPlugin.START, then).toMillis());
        var request = DescribedRequest.get("/hm?a=1")
                .header("Date", "Sun, 22 Nov 2026 23:57:17 GMT")
                .header(
                        "Authorization",
                        "Signature keyId=\"hk\",algorithm=\"hmac-sha256\",headers=\"@request-target date\","
                                + "signature=\"ll1MiX+tQTeSOiW2mrGJ3kNNcIBfw5cBG8FmAmdXDkw=\"");

        assertThat(scene.outcome("{}", request)).isEqualTo("jack");
    }

    /** D stands for the line of the date. */
    @ParameterizedTest(name = "{0} {1} with {2} over [{3}]: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /              | date                      | D                      | true
            GET  | /              | date                      | 'date: other\n'        | false
            GET  | /              | date                      | ''                     | false
            GET  | /              | date @request-target      | 'DGET /\n'             | true
            GET  | /              | @request-target date      | 'GET /\nD'             | true
            GET  | /              | @request-target date      | 'DGET /\n'             | false
            POST | /              | @request-target date      | 'POST /\nD'            | true
            POST | /              | @request-target date      | 'post /\nD'            | false
            GET  | /a?b=c         | @request-target date      | 'GET /a?b=c\nD'        | true
            GET  | /a?            | @request-target date      | 'GET /a\nD'            | true
            GET  | /a%0Ab         | @request-target date      | 'GET /a\nb\nD'         | false
            GET  | /a/%41b?x=%20  | @request-target date      | 'GET /a/Ab?x=%20\nD'   | true
            GET  | /a/%41b?x=%20  | @request-target date      | 'GET /a/%41b?x=%20\nD' | false
            GET  | /a//b/../c     | @request-target date      | 'GET /a/c\nD'          | true
            GET  | /              | date x-one                | 'Dx-one: 1\n'          | true
            GET  | /              | date X-One                | 'DX-One: 1\n'          | true
            GET  | /              | date X-One                | 'Dx-one: 1\n'          | false
            GET  | /              | date x-two                | 'Dx-two: 2\n'          | true
            GET  | /              | date x-two                | 'Dx-two: 2, 3\n'       | false
            GET  | /              | date x-none               | D                      | true
            GET  | /              | date x-none               | 'Dx-none: \n'          | false
            GET  | /              | date x-empty              | 'Dx-empty: \n'         | true
            GET  | /              | date  x-one               | 'Dx-one: 1\n'          | true
            GET  | /              | date date                 | DD                     | true
            GET  | /              | date,x-one                | 'Dx-one: 1\n'          | false
            """)
    void theTextSignedIsOneLineForTheKeyAndOneForEachName(
            String method, String target, String names, String lines, boolean verified) {
        var text = lines.replace("D", HmacScene.LINE);
        var request = DescribedRequest.of(method, target)
                .header("DATE", HmacScene.NOW)
                .header("X-One", "1")
                .header("x-two", "2")
                .header("x-two", "3")
                .header("X-Empty", "")
                .header("Authorization", HmacScene.field(names, text));

        assertThat(scene.outcome("{}", request)).isEqualTo(verified ? "jack" : HmacScene.FAILED);
    }

    @Test
    void theLastLineHasAnEndToo() {
        var field = "Signature keyId=\"hk\",algorithm=\"hmac-sha256\",headers=\"date\",signature=\""
                + HmacScene.hmac("HmacSHA256", "hk\n" + HmacScene.LINE.strip()) + "\"";

        assertThat(scene.outcome(
                        "{}",
                        DescribedRequest.get("/").header("Date", HmacScene.NOW).header("Authorization", field)))
                .isEqualTo(HmacScene.FAILED);
    }

    @ParameterizedTest(name = "{0} where {2} are allowed: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            hmac-sha1   | HmacSHA1   | {}                                       | true
            hmac-sha256 | HmacSHA256 | {}                                       | true
            hmac-sha512 | HmacSHA512 | {}                                       | true
            hmac-sha512 | HmacSHA256 | {}                                       | false
            hmac-sha384 | HmacSHA384 | {}                                       | false
            hmac-sha1   | HmacSHA1   | {'allowed_algorithms':['hmac-sha256']}   | false
            hmac-sha256 | HmacSHA256 | {'allowed_algorithms':['hmac-sha256']}   | true
            """)
    void theAlgorithmIsOneOfThoseAllowed(String algorithm, String jdkName, String config, boolean verified) {
        var field = "Signature keyId=\"hk\",algorithm=\"" + algorithm + "\",headers=\"date\",signature=\""
                + HmacScene.hmac(jdkName, "hk\n" + HmacScene.LINE) + "\"";
        var request = DescribedRequest.get("/").header("Date", HmacScene.NOW).header("Authorization", field);

        assertThat(scene.outcome(config, request)).isEqualTo(verified ? "jack" : HmacScene.FAILED);
    }

    @ParameterizedTest(name = "{0} s off by, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            0    | {}                  | true
            300  | {}                  | true
            -300 | {}                  | true
            301  | {}                  | false
            -301 | {}                  | false
            2    | {'clock_skew':1}    | false
            -1   | {'clock_skew':1}    | true
            301  | {'clock_skew':1000} | true
            """)
    void theDateIsNotFarFromNow(long seconds, String config, boolean verified) {
        var date = HmacScene.date(Duration.ofSeconds(seconds));
        var request = DescribedRequest.get("/")
                .header("Date", date)
                .header("Authorization", HmacScene.field("date", "date: " + date + "\n"));

        assertThat(scene.outcome(config, request)).isEqualTo(verified ? "jack" : HmacScene.FAILED);
    }

    @Test
    void timeGoesOn() {
        scene.plugin().pass(301_000);

        assertThat(scene.outcome("{}", HmacScene.signed())).isEqualTo(HmacScene.FAILED);
    }

    @ParameterizedTest(name = "{0}, signed {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                    | date         | true
            {}                                    | Date         | false
            {}                                    | x-one        | false
            {}                                    | ''           | false
            {'signed_headers':[]}                 | ''           | true
            {'signed_headers':[]}                 | x-one        | true
            {'signed_headers':['Date']}           | Date         | true
            {'signed_headers':['Date']}           | date         | false
            {'signed_headers':['date','x-one']}   | x-one date   | true
            {'signed_headers':['date','x-one']}   | date         | false
            {'signed_headers':['@request-target']} | date        | false
            {'signed_headers':['@request-target']} | @request-target | true
            """)
    void whatHasToBeSignedIsSigned(String config, String names, boolean verified) {
        var lines = new StringBuilder();
        for (var name : names.split(" ", -1)) {
            lines.append(
                    switch (name) {
                        case "" -> "";
                        case "@request-target" -> "GET /\n";
                        case "x-one" -> "x-one: 1\n";
                        default -> name + ": " + HmacScene.NOW + "\n";
                    });
        }
        var request = DescribedRequest.get("/")
                .header("Date", HmacScene.NOW)
                .header("X-One", "1")
                .header("Authorization", HmacScene.field(names, lines.toString()));

        assertThat(scene.outcome(config, request)).isEqualTo(verified ? "jack" : HmacScene.FAILED);
    }

    /** Names can be repeated and bring their whole field each time: 100 of them, and 64 KiB, are enough for anybody. */
    @Test
    void signedTextIsBounded() {
        var many = "date " + "x ".repeat(99).strip();
        var tooMany = many + " x";
        var amplified = "date" + " x-long".repeat(99);
        var request = DescribedRequest.get("/").header("Date", HmacScene.NOW).header("X-Long", "x".repeat(1_000));
        var lines = HmacScene.LINE + ("x-long: " + "x".repeat(1_000) + "\n").repeat(99);

        assertThat(scene.outcome("{}", request.header("Authorization", HmacScene.field(many, HmacScene.LINE))))
                .isEqualTo("jack");
        assertThat(scene.outcome("{}", request.header("Authorization", HmacScene.field(tooMany, HmacScene.LINE))))
                .isEqualTo(HmacScene.FAILED);
        assertThat(scene.outcome("{}", request.header("Authorization", HmacScene.field(amplified, lines))))
                .isEqualTo(HmacScene.FAILED);
    }

    @ParameterizedTest(name = "{0}, anonymous {1}: {2}")
    @CsvSource({
        "true,  guest, jack",
        "false, guest, guest",
        "true,  nope,  jack",
        "false, nope,  401 Invalid user authorization",
    })
    void callersWithoutAGoodSignatureAreTheAnonymousConsumer(boolean right, String anonymous, String expected) {
        var request = right ? HmacScene.signed() : DescribedRequest.get("/").header("Authorization", "x");

        assertThat(scene.outcome("{'anonymous_consumer':'" + anonymous + "'}", request))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hidesTheSignatureRightOrWrong(boolean right) {
        var exchange = (right ? HmacScene.signed() : DescribedRequest.get("/").header("Authorization", "x"))
                .exchange(HmacScene.CONSUMERS);

        var outcome = scene.outcome("{'hide_credentials':true,'anonymous_consumer':'guest'}", exchange);

        assertThat(outcome).isEqualTo(right ? "jack" : "guest");
        assertThat(exchange.request().headers().contains(HeaderName.AUTHORIZATION))
                .isFalse();
    }

    @Test
    void tellsTheUpstreamWhoCallsAndShowsTheSignature() {
        var exchange = HmacScene.signed().header("X-Consumer-Username", "root").exchange(HmacScene.CONSUMERS);

        scene.outcome("{}", exchange);

        var headers = exchange.request().headers();
        assertThat(headers.all(HeaderName.of("x-consumer-username"))).containsExactly("jack");
        assertThat(headers.all(HeaderName.of("x-credential-identifier"))).containsExactly("c1");
        assertThat(headers.all(HeaderName.of("x-consumer-custom-id"))).containsExactly("id-7");
        assertThat(headers.contains(HeaderName.AUTHORIZATION)).isTrue();
    }

    @Test
    void theRealmCanBeChosen() {
        assertThat(scene.outcome("{'realm':'my realm'}", DescribedRequest.get("/")))
                .isEqualTo("401 client request can't be validated: missing Authorization header,"
                        + " hmac realm=\"my realm\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {'allowed_algorithms':[]}            | property "allowed_algorithms" validation failed: expect array to have at least 1
            {'allowed_algorithms':['hmac-md5']}  | property "allowed_algorithms" validation failed: failed to validate item 1
            {'clock_skew':0}                     | property "clock_skew" validation failed: expected 0 to be at least 1
            {'max_req_body_size':0}              | property "max_req_body_size" validation failed: expected 0 to be at least 1
            {'signed_headers':['']}              | property "signed_headers" validation failed: failed to validate item 1
            {'realm':'a\\"b'}                    | property "realm" validation failed: failed to match pattern
            """)
    void wrongConfigurationsAreRefused(String config, String expected) {
        assertThat(scene.plugin().refusal(config)).startsWith(expected);
    }

    @Test
    void secretsAreNeverPrinted() {
        var credential = new HmacAuthCredential("hk", "s3cret");

        assertThat(credential + " " + HmacScene.PLUGIN.prepared(credential) + " "
                        + SignatureField.parse(HmacScene.field("date", HmacScene.LINE)))
                .contains("hk")
                .doesNotContain("s3cret", HmacScene.hmac("HmacSHA256", "hk\n" + HmacScene.LINE));
    }
}
