package io.suimon.dataplane.tls;

import io.netty.buffer.ByteBuf;

/** Looks into the first message of a handshake for what the library would ask too late. */
final class ClientHello {

    /** Version and random. */
    private static final int BEFORE_SESSION_ID = 34;

    private static final int SIGNATURE_ALGORITHMS = 13;

    private ClientHello() {}

    /**
     * Whether the client can check a signature by an elliptic-curve key: it has a cipher for one, or speaks TLS 1.3 and lists such
     * signatures. What cannot be read is left to the library to complain about.
     */
    static boolean acceptsEcdsa(ByteBuf hello) {
        int at = hello.readerIndex() + BEFORE_SESSION_ID;
        int end = hello.writerIndex();
        if (at + 1 > end) {
            return true;
        }
        at += 1 + hello.getUnsignedByte(at);
        if (at + 2 > end) {
            return true;
        }
        int ciphersEnd = at + 2 + hello.getUnsignedShort(at);
        if (ciphersEnd + 1 > end) {
            return true;
        }
        boolean newest = false;
        for (int i = at + 2; i + 2 <= ciphersEnd; i += 2) {
            int cipher = hello.getUnsignedShort(i);
            if (isEcdsaCipher(cipher)) {
                return true;
            }
            newest |= cipher >>> 8 == 0x13;
        }
        return newest && listsEcdsa(hello, ciphersEnd + 1 + hello.getUnsignedByte(ciphersEnd), end);
    }

    private static boolean isEcdsaCipher(int cipher) {
        return switch (cipher) {
            case 0xC009, 0xC00A, 0xC023, 0xC024, 0xC02B, 0xC02C, 0xC0AC, 0xC0AD, 0xC0AE, 0xC0AF, 0xCCA9 -> true;
            default -> false;
        };
    }

    private static boolean listsEcdsa(ByteBuf hello, int from, int end) {
        int at = from + 2;
        while (at + 4 <= end) {
            int type = hello.getUnsignedShort(at);
            int next = at + 4 + hello.getUnsignedShort(at + 2);
            if (type == SIGNATURE_ALGORITHMS) {
                return hasEcdsa(hello, at + 6, Math.min(next, end));
            }
            at = next;
        }
        return false;
    }

    private static boolean hasEcdsa(ByteBuf hello, int from, int end) {
        for (int i = from; i + 2 <= end; i += 2) {
            int scheme = hello.getUnsignedShort(i);
            if (scheme == 0x0403 || scheme == 0x0503 || scheme == 0x0603) {
                return true;
            }
        }
        return false;
    }
}
