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

    /** What a chunked body without extensions carries, in however many chunks; the last one and what is behind it stay. */
    static String joined(String chunks) {
        var body = new StringBuilder();
        int at = 0;
        for (int size = -1; size != 0; ) {
            int lineEnd = chunks.indexOf("\r\n", at);
            size = Integer.parseInt(chunks, at, lineEnd, 16);
            body.append(chunks, lineEnd + 2, lineEnd + 2 + size);
            at = size == 0 ? at : lineEnd + 2 + size + 2;
        }
        return body + "|" + chunks.substring(at);
    }
}
