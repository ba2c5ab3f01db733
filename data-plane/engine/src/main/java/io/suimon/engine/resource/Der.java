package io.suimon.engine.resource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of the distinguished encoding rules as it takes to put older keys into PKCS#8 and X.509. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION_0 = bytes("020100");
    private static final byte[] NO_UNUSED_BITS = bytes("00");
    private static final byte[] RSA_ENCRYPTION = bytes("06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = bytes("06072a8648ce3d0201");

    private Der() {}

    /** An element's tag and where its content lies. */
    private record Element(int tag, int start, int end) {}

    static byte[] rsaKeyAsPkcs8(byte[] key) {
        return wrap(SEQUENCE, VERSION_0, wrap(SEQUENCE, RSA_ENCRYPTION), wrap(OCTET_STRING, key));
    }

    static byte[] rsaKeyAsX509(byte[] key) {
        return wrap(SEQUENCE, wrap(SEQUENCE, RSA_ENCRYPTION), wrap(BIT_STRING, NO_UNUSED_BITS, key));
    }

    /** Empty when the key does not name its curve. */
    static Optional<byte[]> ecKeyAsPkcs8(byte[] key) {
        var whole = element(key, 0, key.length);
        if (whole == null || whole.tag() != SEQUENCE) {
            return Optional.empty();
        }
        var part = element(key, whole.start(), whole.end());
        while (part != null && part.tag() != PARAMETERS) {
            part = element(key, part.end(), whole.end());
        }
        if (part == null || part.start() == part.end() || key[part.start()] != OBJECT_ID) {
            return Optional.empty();
        }
        var curve = Arrays.copyOfRange(key, part.start(), part.end());
        return Optional.of(wrap(SEQUENCE, VERSION_0, wrap(SEQUENCE, EC_PUBLIC_KEY, curve), wrap(OCTET_STRING, key)));
    }

    private static @Nullable Element element(byte[] der, int from, int limit) {
        if (from + 2 > limit) {
            return null;
        }
        int length = der[from + 1] & 0xff;
        int start = from + 2;
        if (length > 0x7f) {
            int sizeBytes = length & 0x7f;
            if (sizeBytes > 2 || start + sizeBytes > limit) {
                return null;
            }
            length = 0;
            for (int i = 0; i < sizeBytes; i++) {
                length = length << 8 | (der[start++] & 0xff);
            }
        }
        return start + length > limit ? null : new Element(der[from] & 0xff, start, start + length);
    }

    private static byte[] wrap(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (length > 0x7f) {
            int sizeBytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | sizeBytes);
            for (int shift = 8 * (sizeBytes - 1); shift > 0; shift -= 8) {
                out.write(length >>> shift);
            }
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
