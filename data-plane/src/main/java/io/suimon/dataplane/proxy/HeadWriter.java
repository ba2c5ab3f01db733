package io.suimon.dataplane.proxy;

import io.suimon.engine.text.WireText;

/** Appends to an array that is large enough. */
final class HeadWriter {

    private static final byte[] VERSION = WireText.bytes("HTTP/1.1 ");

    private byte[] to = {};
    private int at;

    /** Begins at the start of this array. */
    void begin(byte[] target) {
        to = target;
        at = 0;
    }

    byte[] bytes() {
        return to;
    }

    int length() {
        return at;
    }

    /** Says how far the array was filled by others. */
    void length(int length) {
        at = length;
    }

    void statusLine(int status, String reason) {
        bytes(VERSION);
        to[at++] = (byte) ('0' + status / 100);
        to[at++] = (byte) ('0' + status / 10 % 10);
        to[at++] = (byte) ('0' + status % 10);
        to[at++] = ' ';
        text(reason);
        lineEnd();
    }

    void bytes(byte[] bytes) {
        bytes(bytes, 0, bytes.length);
    }

    void bytes(byte[] bytes, int from, int length) {
        System.arraycopy(bytes, from, to, at, length);
        at += length;
    }

    @SuppressWarnings("deprecation") // the only copy of Latin-1 text that allocates nothing
    void text(String text) {
        text.getBytes(0, text.length(), to, at);
        at += text.length();
    }

    void field(String nameAndColon, String value) {
        text(nameAndColon);
        text(value);
        lineEnd();
    }

    void blank() {
        to[at++] = ' ';
    }

    void lineEnd() {
        to[at++] = '\r';
        to[at++] = '\n';
    }
}
