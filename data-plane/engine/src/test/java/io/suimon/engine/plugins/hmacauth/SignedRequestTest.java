package io.suimon.engine.plugins.hmacauth;

import io.suimon.engine.http.DescribedRequest;
import io.suimon.engine.plugin.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The fields of signed requests, and their bodies. */
class SignedRequestTest {

    private final HmacScene scene = new HmacScene();

    /** S stands for the right signature. */
    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="S"      | jack
            Signature keyId="hk", algorithm="hmac-sha256",  headers="date", signature="S"  | jack
            Signature signature="S",headers="date",algorithm="hmac-sha256",keyId="hk"      | jack
            Signature  keyId="hk",algorithm="hmac-sha256",headers="date",signature="S"     | jack
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="S",x="" | jack
            signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="S"      | foreign
            SIGNATURE keyId="hk",algorithm="hmac-sha256",headers="date",signature="S"      | foreign
            Bearer x                                                                       | foreign
            ``                                                                             | foreign
            none                                                                           | missing
            Signature                                                                      | failed
            SignaturekeyId="hk",algorithm="hmac-sha256",headers="date",signature="S"       | failed
            Signature x                                                                    | failed
            Signature algorithm="hmac-sha256",headers="date",signature="S"                 | failed
            Signature keyId="hk",headers="date",signature="S"                              | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="date"                    | failed
            Signature keyId="hk",algorithm="hmac-sha256",signature="S"                     | failed
            Signature keyId="",algorithm="hmac-sha256",headers="date",signature="S"        | failed
            Signature keyId="no",algorithm="hmac-sha256",headers="date",signature="S"      | failed
            Signature keyId="hk",algorithm="",headers="date",signature="S"                 | failed
            Signature keyId="hk",algorithm="hmac-md5",headers="date",signature="S"         | failed
            Signature keyId="hk",algorithm="hmac-sha1",headers="date",signature="S"        | failed
            Signature keyId="hk",algorithm="HMAC-SHA256",headers="date",signature="S"      | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature=""       | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="Sx"     | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="S       | failed
            Signature keyId="hk";algorithm="hmac-sha256";headers="date";signature="S"      | failed
            Signature keyId=hk,algorithm=hmac-sha256,headers=date,signature=S              | failed
            Signature keyId="no",keyId="hk",algorithm="hmac-sha256",headers="date",signature="S" | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="date",signature="S",     | failed
            Signature keyId="hk",algorithm="hmac-sha256",headers="DATE",signature="S"      | failed
            """)
    void parametersComeInAnyOrder(String template, String expected) {
        var right = HmacScene.hmac("HmacSHA256", "hk\n" + HmacScene.LINE);
        var request = DescribedRequest.get("/").header("Date", HmacScene.NOW);

        var outcome = scene.outcome(
                "{}",
                template == null ? request : request.header("Authorization", template.replace("=\"S", "=\"" + right)));

        assertThat(outcome)
                .isEqualTo(
                        switch (expected) {
                            case "failed" -> HmacScene.FAILED;
                            case "missing" ->
                                "401 client request can't be validated: missing Authorization header"
                                        + HmacScene.CHALLENGE;
                            case "foreign" ->
                                "401 client request can't be validated: Authorization header does not start with"
                                        + " 'Signature'" + HmacScene.CHALLENGE;
                            default -> expected;
                        });
    }

    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Thu, 01 Jan 2026 00:00:00 GMT   | true
            Fri, 01 Jan 2026 00:00:00 GMT   | true
            Thu, 01 Jan 2026 00:00:00 UTC   | false
            Thu, 01 Jan 2026 00:00:00 +0000 | false
            Thu, 1 Jan 2026 00:00:00 GMT    | false
            Thu, 01 jan 2026 00:00:00 GMT   | false
            Xxx, 01 Jan 2026 00:00:00 GMT   | false
            Thu, 01 Xxx 2026 00:00:00 GMT   | false
            Thu, 00 Jan 2026 00:00:00 GMT   | false
            Thu, 32 Jan 2026 00:00:00 GMT   | false
            Sun, 30 Feb 2026 00:00:00 GMT   | false
            Thu, 01 Jan 2026 24:00:00 GMT   | false
            Thu, 01 Jan 2026 00:60:00 GMT   | false
            Thu, 01 Jan 2026 00:00:60 GMT   | false
            Thu, 01 Jan 2026 00:00:0x GMT   | false
            Thu, -1 Jan 2026 00:00:00 GMT   | false
            Thu, 01 Jan 0000 00:00:00 GMT   | false
            Thursday, 01-Jan-26 00:00:00 GMT | false
            Thu Jan  1 00:00:00 2026        | false
            2026-01-01T00:00:00Z            | false
            1767225600                      | false
            ``                              | false
            """)
    void theDateHasOneForm(String date, boolean verified) {
        var request = DescribedRequest.get("/")
                .header("Date", date)
                .header("Authorization", HmacScene.field("date", "date: " + date + "\n"));

        assertThat(scene.outcome("{}", request)).isEqualTo(verified ? "jack" : HmacScene.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'signed_headers':[]}"})
    void theDateItselfIsAlwaysSent(String config) {
        var request = DescribedRequest.get("/").header("Authorization", HmacScene.field("date", ""));

        assertThat(scene.outcome(config, request)).isEqualTo(HmacScene.FAILED);
    }

    @ParameterizedTest(name = "{0} body [{1}], digest [{2}]: {3}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            {'validate_request_body':true} | hello | hello | jack
            {'validate_request_body':true} | hello | other | failed
            {'validate_request_body':true} | hello | none  | failed
            {'validate_request_body':true} | none  | ''    | jack
            {'validate_request_body':true} | none  | none  | failed
            {'validate_request_body':true} | ''    | ''    | jack
            {'validate_request_body':true} | none  | hello | failed
            {}                             | hello | other | jack
            {}                             | hello | none  | jack
            {'validate_request_body':true,'max_req_body_size':5} | hello | hello | jack
            {'validate_request_body':true,'max_req_body_size':4} | hello | hello | 413 request size 5 is greater than the maximum size 4 allowed
            {'validate_request_body':true,'max_req_body_size':4,'anonymous_consumer':'guest'} | hello | hello | 413 request size 5 is greater than the maximum size 4 allowed
            {'validate_request_body':true,'anonymous_consumer':'guest'} | hello | other | guest
            {'max_req_body_size':4}        | hello | hello | jack
            {'validate_request_body':true,'max_req_body_size':99999999999} | hello | hello | jack
            """)
    void theDigestIsThatOfTheBody(String config, String body, String digestOf, String expected) {
        var request = body == null ? HmacScene.signed() : HmacScene.signed().body(body);
        var complete = digestOf == null ? request : request.header("Digest", HmacScene.sha256(digestOf));

        assertThat(scene.outcome(config, complete)).isEqualTo(expected.equals("failed") ? HmacScene.FAILED : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256=", "SHA-512=", "SHA-256:", "SHA-256= ", " SHA-256=", ""})
    void theDigestNamesItsAlgorithm(String prefix) {
        var request = HmacScene.signed()
                .body("hello")
                .header("Digest", prefix + HmacScene.sha256("hello").substring(8));

        assertThat(scene.outcome("{'validate_request_body':true}", request)).isEqualTo(HmacScene.FAILED);
    }

    @Test
    void theBodyIsNotReadForWhoCannotSign() {
        var filter = scene.plugin().bind("{'validate_request_body':true}");
        var forged = DescribedRequest.of("POST", "/")
                .header("Date", HmacScene.NOW)
                .header("Digest", HmacScene.sha256("x"))
                .header("Authorization", HmacScene.field("date", "date: forged\n"))
                .exchange(HmacScene.CONSUMERS);
        var honest = HmacScene.signed().header("Digest", HmacScene.sha256("")).exchange(HmacScene.CONSUMERS);

        assertThat(filter.readsBody()).isFalse();
        assertThat(HmacScene.shown(filter.onRewrite(forged), forged)).isEqualTo(HmacScene.FAILED);
        assertThat(filter.onRewrite(honest)).isInstanceOf(Decision.ReadBody.class);
        assertThat(honest.consumer()).isNull();
    }

    @Test
    void theWordsOfMetaCountForTheBodyToo() {
        var config = "{'validate_request_body':true,'max_req_body_size':4,'_meta':{'error_response':{'no':1}}}";
        var wrong = HmacScene.signed().body("abc").header("Digest", HmacScene.sha256("other"));
        var long1 = HmacScene.signed().body("hello").header("Digest", HmacScene.sha256("hello"));

        assertThat(scene.outcome(config, wrong)).startsWith("401 {\"no\":1}");
        assertThat(scene.outcome(config, long1)).isEqualTo("413 {\"no\":1}");
        assertThat(scene.outcome(config, HmacScene.signed().body("abc").header("Digest", HmacScene.sha256("abc"))))
                .isEqualTo("jack");
    }
}
