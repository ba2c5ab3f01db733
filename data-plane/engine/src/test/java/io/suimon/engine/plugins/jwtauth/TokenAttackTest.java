package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.http.DescribedRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every algorithm with real keys, and what somebody without the key would try. */
class TokenAttackTest {

    private static final String CLAIMS = "{\"key\":\"user-key\"}";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String INVALID = "401 JWT token invalid, Bearer realm=\"jwt\"";
    private static final String UNVERIFIED = "401 failed to verify jwt, Bearer realm=\"jwt\"";
    private static final KeyPair RSA = SignedToken.rsa(2_048);
    private static final KeyPair OTHER_RSA = SignedToken.rsa(2_048);
    private static final KeyPair BIG_RSA = SignedToken.rsa(3_072);
    private static final KeyPair P256 = SignedToken.ec("secp256r1");
    private static final KeyPair P384 = SignedToken.ec("secp384r1");
    private static final KeyPair P521 = SignedToken.ec("secp521r1");
    private static final KeyPair ED25519 = SignedToken.ed("Ed25519");
    private static final KeyPair ED448 = SignedToken.ed("Ed448");

    private static JwtScene scene(String algorithm, PublicKey key) {
        return new JwtScene(JwtScene.withPublicKey(algorithm, SignedToken.pem(key)));
    }

    private static KeyPair pair(String name) {
        return switch (name) {
            case "rsa" -> RSA;
            case "rsa3072" -> BIG_RSA;
            case "p256" -> P256;
            case "p384" -> P384;
            case "p521" -> P521;
            case "ed25519" -> ED25519;
            default -> ED448;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void secretsVerify(String algorithm) {
        var scene = new JwtScene(JwtScene.withSecret(algorithm, SECRET));

        assertThat(scene.bearer(SignedToken.of(algorithm, SignedToken.secret(SECRET), CLAIMS)))
                .isEqualTo("jack");
        assertThat(scene.bearer(SignedToken.of(algorithm, SignedToken.secret(SECRET + "x"), CLAIMS)))
                .isEqualTo(UNVERIFIED);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @CsvSource({
        "RS256, rsa,     true",
        "RS384, rsa,     true",
        "RS512, rsa,     true",
        "RS256, rsa3072, true",
        "PS256, rsa,     true",
        "PS384, rsa,     true",
        "PS512, rsa,     true",
        "PS256, rsa3072, false", // signatures of 256 bytes alone
        "ES256, p256,    true",
        "ES384, p384,    true",
        "ES512, p521,    true",
        "ES256, p384,    false", // another curve
        "ES384, p521,    false",
        "ES512, p256,    false",
        "EdDSA, ed25519, true",
        "EdDSA, ed448,   true",
    })
    void publicKeysVerify(String algorithm, String name, boolean verified) {
        var pair = pair(name);

        var outcome = scene(algorithm, pair.getPublic()).bearer(SignedToken.of(algorithm, pair.getPrivate(), CLAIMS));

        assertThat(outcome).isEqualTo(verified ? "jack" : UNVERIFIED);
    }

    @ParameterizedTest
    @CsvSource({"RS256, rsa", "PS256, rsa", "ES256, p256", "ES512, p521", "EdDSA, ed25519"})
    void nothingPassesWhenABitOfClaimsOrSignatureIsAnother(String algorithm, String name) {
        var scene = scene(algorithm, pair(name).getPublic());
        var parts = SignedToken.of(algorithm, pair(name).getPrivate(), CLAIMS).split("\\.", -1);
        var signature = Base64.getUrlDecoder().decode(parts[2]);
        var flipped = signature.clone();
        flipped[flipped.length / 2] ^= 1;

        var claims = SignedToken.part("{\"key\":\"user-key\",\"admin\":true}");

        assertThat(scene.bearer(parts[0] + "." + claims + "." + parts[2])).isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(parts[0] + "." + parts[1] + "." + SignedToken.part(flipped)))
                .isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(parts[0] + "." + parts[1] + "."
                        + SignedToken.part(Arrays.copyOf(signature, signature.length - 1))))
                .isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(parts[0] + "." + parts[1] + "."
                        + SignedToken.part(Arrays.copyOf(signature, signature.length + 1))))
                .isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(parts[0] + "." + parts[1] + "." + SignedToken.part(new byte[signature.length])))
                .isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(parts[0] + "." + parts[1] + ".")).isEqualTo(UNVERIFIED);
    }

    @Test
    void ecdsaSignaturesInDerAreRefused() {
        for (int attempt = 0; attempt < 20; attempt++) {
            var signed = SignedToken.part("{\"alg\":\"ES256\"}") + "." + SignedToken.part(CLAIMS);
            var der = SignedToken.sign("SHA256withECDSA", "ES256", P256.getPrivate(), signed);

            assertThat(scene("ES256", P256.getPublic()).bearer(signed + "." + SignedToken.part(der)))
                    .isEqualTo(UNVERIFIED);
        }
    }

    /** The key everybody knows must not serve as the secret nobody knows. */
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256"})
    void aPublicKeyIsNoSecret(String algorithm) {
        var pem = SignedToken.pem(RSA.getPublic());
        var scene = scene(algorithm, RSA.getPublic());

        for (var secret : new String[] {
            pem, pem.strip(), Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded())
        }) {
            assertThat(scene.bearer(SignedToken.of("HS256", SignedToken.secret(secret), CLAIMS)))
                    .isEqualTo(UNVERIFIED);
            assertThat(scene.bearer(SignedToken.of(
                            "{\"alg\":\"" + algorithm + "\"}", "HS256", SignedToken.secret(secret), CLAIMS)))
                    .isEqualTo(UNVERIFIED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"alg":"none"}
            {"alg":"None"}
            {"alg":"NONE"}
            {"alg":""}
            {"alg":null}
            {"alg":["HS256"]}
            {"alg":256}
            {"alg":"hs256"}
            {"alg":"HS256 "}
            {"alg":"HS384"}
            {"alg":"RS256"}
            {"ALG":"HS256"}
            {"typ":"JWT"}
            {}
            """)
    void theAlgorithmIsTheConsumersAndNoOther(String header) {
        var scene = new JwtScene(JwtScene.withSecret("HS256", SECRET));
        var signed = SignedToken.of(header, "HS256", SignedToken.secret(SECRET), CLAIMS);
        var unsigned = signed.substring(0, signed.lastIndexOf('.') + 1);

        assertThat(scene.bearer(signed)).isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(unsigned)).isEqualTo(UNVERIFIED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"alg":"HS256"}                                     | jack
            {"alg":"HS256","typ":"anything"}                    | jack
            {"alg":"HS256","typ":7}                             | jack
            {"alg":"HS256","kid":"../../etc/passwd"}            | jack
            {"alg":"HS256","jku":"http://attacker/","jwk":{}}   | jack
            {"alg":"HS256","crit":["b64"],"b64":false}          | unverified
            {"alg":"HS256","crit":[]}                           | unverified
            {"alg":"none","alg":"HS256"}                        | invalid
            ["HS256"]                                           | invalid
            "HS256"                                             | invalid
            null                                                | invalid
            {"alg":"HS256"}x                                    | invalid
            """)
    void whatElseTheHeaderSaysIsNotFollowed(String header, String expected) {
        var scene = new JwtScene(JwtScene.withSecret("HS256", SECRET));

        var outcome = scene.bearer(SignedToken.of(header, "HS256", SignedToken.secret(SECRET), CLAIMS));

        assertThat(outcome)
                .isEqualTo(
                        switch (expected) {
                            case "invalid" -> INVALID;
                            case "unverified" -> UNVERIFIED;
                            default -> expected;
                        });
    }

    /** One token for each thing that a lenient reader would forgive. */
    @Test
    void tokensAreReadStrictly() {
        var scene = new JwtScene(JwtScene.withSecret("HS256", SECRET));
        var good = SignedToken.of("HS256", SignedToken.secret(SECRET), CLAIMS);
        var parts = good.split("\\.", -1);
        var utf16 = SignedToken.part(CLAIMS.getBytes(StandardCharsets.UTF_16BE));
        var latin1 = SignedToken.part("{\"key\":\"user-key\",\"x\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        var marked = SignedToken.part("\ufeff" + CLAIMS);

        assertThat(scene.bearer(good)).isEqualTo("jack");
        for (var text : new String[] {
            good + ".",
            good + "=",
            good + " ",
            "." + good,
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[0] + "=." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "+",
            parts[0] + "." + utf16 + "." + parts[2],
            parts[0] + "." + latin1 + "." + parts[2],
            parts[0] + "." + marked + "." + parts[2],
            parts[0] + "." + parts[1] + "\t." + parts[2],
            "{\"protected\":\"" + parts[0] + "\"}",
        }) {
            assertThat(scene.outcome("{}", DescribedRequest.get("/").header("Authorization", "Bearer " + text)))
                    .as(text)
                    .isEqualTo(INVALID);
        }
    }

    @Test
    void hugeAndDeepTokensAreRefusedBeforeTheyCostMuch() {
        var scene = new JwtScene(JwtScene.withSecret("HS256", SECRET));
        var key = SignedToken.secret(SECRET);
        var long1 = SignedToken.of("HS256", key, "{\"key\":\"user-key\",\"x\":\"" + "x".repeat(60_000) + "\"}");
        var deep = "[".repeat(10_000) + "]".repeat(10_000);
        var digits = "9".repeat(10_000);

        assertThat(long1.length()).isGreaterThan(Token.MAX_LENGTH);
        assertThat(scene.bearer(long1)).isEqualTo(INVALID);
        assertThat(scene.bearer(SignedToken.of("HS256", key, "{\"key\":\"user-key\",\"x\":" + deep + "}")))
                .isEqualTo(INVALID);
        assertThat(scene.bearer(SignedToken.of("HS256", key, "{\"key\":\"user-key\",\"exp\":" + digits + "}")))
                .isEqualTo(INVALID);
        assertThat(scene.bearer(SignedToken.of("HS256", key, "{\"key\":\"user-key\",\"exp\":1e999999999}")))
                .isEqualTo(UNVERIFIED);
        assertThat(scene.bearer(".".repeat(60_000))).isEqualTo(INVALID);
    }

    /** A key that cannot be used refuses tokens, and nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {"any", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "$secret://vault/1/a/b"})
    void unreadableKeysLetNobodyIn(String pem) {
        var scene = new JwtScene(JwtScene.withPublicKey("RS256", pem));

        assertThat(scene.bearer(SignedToken.of("RS256", RSA.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
    }

    @Test
    void keysOfAnotherKindOrOwnerLetNobodyIn() {
        assertThat(scene("RS256", P256.getPublic()).bearer(SignedToken.of("RS256", RSA.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
        assertThat(scene("ES256", RSA.getPublic()).bearer(SignedToken.of("ES256", P256.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
        assertThat(scene("EdDSA", P256.getPublic()).bearer(SignedToken.of("EdDSA", ED25519.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
        assertThat(scene("RS256", RSA.getPublic()).bearer(SignedToken.of("RS256", OTHER_RSA.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
        assertThat(scene("PS256", RSA.getPublic())
                        .bearer(SignedToken.of("{\"alg\":\"PS256\"}", "RS256", RSA.getPrivate(), CLAIMS)))
                .isEqualTo(UNVERIFIED);
    }

    @Test
    void keysAreReadInTheFormsTheyComeIn() {
        var token = SignedToken.of("RS256", RSA.getPrivate(), CLAIMS);
        var x509 = RSA.getPublic().getEncoded();
        var pkcs1 = Arrays.copyOfRange(x509, 24, x509.length); // behind the header that X.509 puts before it
        var old = "-----BEGIN RSA PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(pkcs1)
                + "\n-----END RSA PUBLIC KEY-----";

        assertThat(new JwtScene(JwtScene.withPublicKey("RS256", old)).bearer(token))
                .isEqualTo("jack");
        assertThat(new JwtScene(JwtScene.withPublicKey(
                                "RS256",
                                SignedToken.pem(RSA.getPublic())
                                        .replace("\r", "")
                                        .strip()))
                        .bearer(token))
                .isEqualTo("jack");
    }
}
