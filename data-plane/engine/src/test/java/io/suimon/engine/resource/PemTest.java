package io.suimon.engine.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PemTest {

    @ParameterizedTest
    @CsvSource({"rsa-pkcs8.key, RSA", "rsa-pkcs1.key, RSA", "ec-sec1.key, EC", "ed25519.key, EdDSA"})
    void readsPrivateKeysInTheFormsOpensslWrites(String file, String algorithm) throws IOException {
        var key = Pem.privateKey(text(file));

        assertThat(key).map(PrivateKey::getAlgorithm).contains(algorithm);
    }

    @Test
    void theSameKeyInBothFormsIsTheSameKey() throws IOException {
        var key = Pem.privateKey(text("rsa-pkcs1.key"));

        assertThat(key).isEqualTo(Pem.privateKey(text("rsa-pkcs8.key")));
    }

    @Test
    void readsEveryCertificateOfAChainInItsOrder() throws IOException {
        var chain = Pem.certificates(text("rsa.crt") + "some words\n" + text("ec.crt"));

        assertThat(chain)
                .extracting(certificate -> certificate.getPublicKey().getAlgorithm())
                .containsExactly("RSA", "EC");
    }

    @ParameterizedTest
    @CsvSource({"rsa.crt, RSA", "ec.crt, EC"})
    void aCertificateIsAPublicKeyToo(String file, String algorithm) throws IOException {
        var key = Pem.publicKey(text(file));

        assertThat(key).map(PublicKey::getAlgorithm).contains(algorithm);
        assertThat(key).contains(Pem.certificates(text(file)).getFirst().getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            })
    void whatIsNoPublicKeyIsNone(String text) {
        assertThat(Pem.publicKey(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY",
                "-----BEGIN PRIVATE KEY-----\nAAAA",
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIQAAAAB\n-----END EC PRIVATE KEY-----",
            })
    void whatIsNoKeyIsNone(String text) {
        var key = Pem.privateKey(text);

        assertThat(key).isEmpty();
    }

    @Test
    void oneBrokenCertificateSpoilsTheChain() throws IOException {
        var chain =
                Pem.certificates(text("rsa.crt") + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThat(chain).isEmpty();
    }

    private static String text(String file) throws IOException {
        try (var stream = PemTest.class.getResourceAsStream("pem/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
