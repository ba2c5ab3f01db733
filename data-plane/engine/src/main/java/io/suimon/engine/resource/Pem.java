package io.suimon.engine.resource;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Certificates and keys as text. Private keys may be in PKCS#8, and RSA and elliptic-curve keys in the older forms OpenSSL writes; a
 * key with a password cannot be read.
 */
public final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private Pem() {}

    private record Block(String label, byte[] content) {}

    /** The certificates of a chain in their order; empty when the text has none, or one that cannot be read. */
    public static List<X509Certificate> certificates(String text) {
        var certificates = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(text)) {
                if (block.label().endsWith("CERTIFICATE")
                        && factory.generateCertificate(new ByteArrayInputStream(block.content()))
                                instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (CertificateException e) {
            return List.of();
        }
        return List.copyOf(certificates);
    }

    /** The first private key; empty when the text has none that can be read. */
    public static Optional<PrivateKey> privateKey(String text) {
        for (var block : blocks(text)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return fromPkcs8(block.content());
                }
                case "RSA PRIVATE KEY" -> {
                    return fromPkcs8(Der.rsaKeyAsPkcs8(block.content()));
                }
                case "EC PRIVATE KEY" -> {
                    return Der.ecKeyAsPkcs8(block.content()).flatMap(Pem::fromPkcs8);
                }
                default -> {} // parameters and certificates may precede the key
            }
        }
        return Optional.empty();
    }

    /** The first public key, which may be that of a certificate; empty when the text has none that can be read. */
    public static Optional<PublicKey> publicKey(String text) {
        for (var block : blocks(text)) {
            switch (block.label()) {
                case "PUBLIC KEY" -> {
                    return fromX509(block.content());
                }
                case "RSA PUBLIC KEY" -> {
                    return fromX509(Der.rsaKeyAsX509(block.content()));
                }
                case "CERTIFICATE" -> {
                    return certificates(text).stream().findFirst().map(X509Certificate::getPublicKey);
                }
                default -> {} // parameters may precede the key
            }
        }
        return Optional.empty();
    }

    private static Optional<PublicKey> fromX509(byte[] der) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> fromX509(algorithm, der).stream())
                .findFirst();
    }

    private static Optional<PublicKey> fromX509(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + ": every JDK has it", e);
        }
    }

    private static Optional<PrivateKey> fromPkcs8(byte[] der) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> fromPkcs8(algorithm, der).stream())
                .findFirst();
    }

    private static Optional<PrivateKey> fromPkcs8(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + ": every JDK has it", e);
        }
    }

    /** The well-formed blocks of a text. */
    private static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
            if (labelEnd < 0) {
                break;
            }
            var label = text.substring(begin + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, labelEnd);
            if (end < 0) {
                break;
            }
            decode(text.substring(labelEnd + DASHES.length(), end)).ifPresent(der -> blocks.add(new Block(label, der)));
            begin = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
