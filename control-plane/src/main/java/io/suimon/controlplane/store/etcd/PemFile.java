package io.suimon.controlplane.store.etcd;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the PEM files etcdctl takes: certificates, and private keys as PKCS#8, PKCS#1 (RSA) or SEC 1 (elliptic curves). */
final class PemFile {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private PemFile() {}

    /** All certificates of a file, in order; whatever else is in it, a key as a rule, is passed over. */
    static X509Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        var blocks = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            var der = new ByteArrayInputStream(Base64.getMimeDecoder().decode(blocks.group(1)));
            found.add((X509Certificate) factory.generateCertificate(der));
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException(file + ": no certificate (expected: PEM)");
        }
        return found.toArray(X509Certificate[]::new);
    }

    /** The first private key of a file. */
    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        var matcher = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new GeneralSecurityException(file + ": no private key that is not encrypted (expected: PEM)");
        }
        var der = Base64.getMimeDecoder().decode(matcher.group(2));
        var pkcs8 = switch (matcher.group(1)) {
            case "RSA " -> element(SEQUENCE, VERSION, RSA, element(OCTETS, der));
            case "EC " -> element(SEQUENCE, VERSION, element(SEQUENCE, EC, curve(file, der)), element(OCTETS, der));
            default -> der;
        };
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // It is of another algorithm.
            }
        }
        throw new GeneralSecurityException(file + ": no key that can be read (expected: RSA, EC or Ed25519)");
    }

    /** The curve's name, which SEC 1 keeps behind the key. */
    private static byte[] curve(Path file, byte[] sec1) throws GeneralSecurityException {
        try {
            var in = ByteBuffer.wrap(sec1);
            enter(in);
            while (in.hasRemaining()) {
                int tag = in.get() & 0xff;
                var content = new byte[length(in)];
                in.get(content);
                if (tag == CURVE) {
                    return content;
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new GeneralSecurityException(file + ": the key is torn", e);
        }
        throw new GeneralSecurityException(file + ": the key does not name its curve");
    }

    private static void enter(ByteBuffer in) {
        in.get();
        int length = length(in);
        in.limit(in.position() + length);
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | (in.get() & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var out = ByteBuffer.allocate(length + 4);
        out.put((byte) tag);
        if (length >= 0x100) {
            out.put((byte) 0x82).put((byte) (length >> 8));
        } else if (length >= 0x80) {
            out.put((byte) 0x81);
        }
        out.put((byte) length);
        for (var part : parts) {
            out.put(part);
        }
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
