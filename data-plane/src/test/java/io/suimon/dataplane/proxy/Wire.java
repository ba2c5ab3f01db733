package io.suimon.dataplane.proxy;

import java.nio.charset.StandardCharsets;

/** Bytes as text and back, one char each. */
final class Wire {

    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
