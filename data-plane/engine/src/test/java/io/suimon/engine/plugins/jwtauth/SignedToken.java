package io.suimon.engine.plugins.jwtauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens and keys of tests, made with the JDK alone. */
final class SignedToken {

    private SignedToken() {}

    static KeyPair rsa(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ec(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ed(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Key secret(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A token whose header names this algorithm, signed by it. */
    static String of(String algorithm, Key key, String payload) {
        return of("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}", algorithm, key, payload);
    }

    /** A token with any header. */
    static String of(String header, String algorithm, Key key, String payload) {
        var signed = part(header) + "." + part(payload);
        return signed + "." + part(sign(jdkName(algorithm), algorithm, key, signed));
    }

    static byte[] sign(String jdkName, String algorithm, Key key, String signed) {
        byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
        try {
            if (jdkName.startsWith("Hmac")) {
                var mac = Mac.getInstance(jdkName);
                mac.init(key);
                return mac.doFinal(bytes);
            }
            var signing = Signature.getInstance(jdkName);
            if (jdkName.equals("RSASSA-PSS")) {
                var hash = "SHA-" + algorithm.substring(2);
                signing.setParameter(new PSSParameterSpec(
                        hash,
                        "MGF1",
                        new MGF1ParameterSpec(hash),
                        Integer.parseInt(algorithm.substring(2)) / 8,
                        PSSParameterSpec.TRAILER_FIELD_BC));
            }
            signing.initSign((PrivateKey) key);
            signing.update(bytes);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jdkName(String algorithm) {
        var size = algorithm.substring(2);
        return switch (algorithm.substring(0, 2).toUpperCase(Locale.ROOT)) {
            case "HS" -> "HmacSHA" + size;
            case "RS" -> "SHA" + size + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> "SHA" + size + "withECDSAinP1363Format";
            default -> "EdDSA";
        };
    }
}
