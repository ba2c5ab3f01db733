package io.suimon.dataplane.http1;

import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import java.util.Arrays;

import static io.suimon.dataplane.http1.ByteClass.isBlank;

/**
 * Reads field lines into offsets, and finds what frames the message.
 *
 * <p>Strict: no bare CR or LF, no folding, no blank before the colon, no control characters.
 */
public final class FieldLines {

    /** No Content-Length. */
    public static final long NO_LENGTH = -1;

    private static final int OK = 0;
    private static final int BAD = 400;
    private static final int TOO_MANY = 431;
    private static final int MAX_LENGTH_DIGITS = 18;

    private final int limit;
    private byte[] kinds = new byte[32];
    private int seen;
    private int count;
    private long contentLength;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;
    private boolean namesOthers;
    private int hostIndex;

    FieldLines(int limit) {
        this.limit = limit;
    }

    /**
     * Reads lines up to the empty one, which ends at {@code to}.
     *
     * @return 0, or the status that says what is wrong
     */
    int parse(byte[] b, int from, int to, Headers headers) {
        reset();
        int at = from;
        while (b[at] != '\r') {
            if (count == limit) {
                return TOO_MANY;
            }
            int nameEnd = endOfName(b, at);
            if (nameEnd == at || b[nameEnd] != ':') {
                return BAD;
            }
            int valueStart = nameEnd + 1;
            while (isBlank(b[valueStart])) {
                valueStart++;
            }
            int lineEnd = ByteScan.endOfValue(b, valueStart);
            if (b[lineEnd] != '\r' || b[lineEnd + 1] != '\n') {
                return BAD;
            }
            int valueEnd = lineEnd;
            while (valueEnd > valueStart && isBlank(b[valueEnd - 1])) {
                valueEnd--;
            }
            if (!note(b, at, nameEnd, valueStart, valueEnd)) {
                return BAD;
            }
            headers.field(at, nameEnd, valueStart, valueEnd, lineEnd + 2);
            at = lineEnd + 2;
        }
        return at + 2 == to && b[at + 1] == '\n' && !(chunked && contentLength >= 0) ? OK : BAD;
    }

    private void reset() {
        seen = 0;
        count = 0;
        contentLength = NO_LENGTH;
        chunked = false;
        close = false;
        keepAlive = false;
        upgrade = false;
        namesOthers = false;
        hostIndex = -1;
    }

    /** The head ends with an LF, so this stops inside it. */
    private static int endOfName(byte[] b, int from) {
        int at = from;
        while (ByteClass.isToken(b[at])) {
            at++;
        }
        return at;
    }

    private boolean note(byte[] b, int nameStart, int nameEnd, int from, int to) {
        byte kind = KnownField.of(b, nameStart, nameEnd);
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[count++] = kind;
        boolean again = (seen & 1 << kind) != 0;
        seen |= 1 << kind;
        switch (kind) {
            case KnownField.CONTENT_LENGTH -> {
                contentLength = lengthOf(b, from, to);
                return !again && contentLength >= 0;
            }
            case KnownField.TRANSFER_ENCODING -> {
                chunked = Tokens.equalsIgnoreCase(b, from, to, "chunked");
                return !again && chunked;
            }
            case KnownField.HOST -> {
                hostIndex = count - 1;
                return !again;
            }
            case KnownField.CONNECTION -> connection(b, from, to);
            default -> {
                // Frames nothing.
            }
        }
        return true;
    }

    /** Digits only, without a sign, a list, or zeros in front; else negative. */
    private static long lengthOf(byte[] b, int from, int to) {
        int digits = to - from;
        if (digits == 0 || digits > MAX_LENGTH_DIGITS || (digits > 1 && b[from] == '0')) {
            return NO_LENGTH;
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            if (!ByteClass.isDigit(b[i])) {
                return NO_LENGTH;
            }
            length = length * 10 + b[i] - '0';
        }
        return length;
    }

    private void connection(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Tokens.endOfElement(b, at, to);
            int start = Tokens.trimStart(b, at, end);
            int stop = Tokens.trimEnd(b, start, end);
            if (Tokens.equalsIgnoreCase(b, start, stop, "close")) {
                close = true;
            } else if (Tokens.equalsIgnoreCase(b, start, stop, "keep-alive")) {
                keepAlive = true;
            } else if (Tokens.equalsIgnoreCase(b, start, stop, "upgrade")) {
                upgrade = true;
            } else if (stop > start) {
                namesOthers = true;
            }
            at = end + 1;
        }
    }

    /** What the received field with this index is to a proxy. */
    public byte kind(int index) {
        return kinds[index];
    }

    /** Whether there was a field of this kind. */
    public boolean has(byte kind) {
        return (seen & 1 << kind) != 0;
    }

    /** The last field Host, or -1. */
    public int hostIndex() {
        return hostIndex;
    }

    /** The Content-Length, or {@link #NO_LENGTH}. */
    public long contentLength() {
        return contentLength;
    }

    public boolean chunked() {
        return chunked;
    }

    /** Whether Connection says {@code close}. */
    public boolean close() {
        return close;
    }

    /** Whether Connection says {@code keep-alive}. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Whether Connection says {@code upgrade}. */
    public boolean upgrade() {
        return upgrade;
    }

    /** Whether Connection names fields of which nothing else is known. */
    public boolean namesOthers() {
        return namesOthers;
    }

    /** Drops the fields that Connection names beyond the known ones: they were meant for this hop alone. */
    public void dropNamedByConnection(Headers headers) {
        for (int i = 0; i < count; i++) {
            if (kinds[i] == KnownField.OTHER && headers.present(i) && isNamed(headers, i)) {
                headers.drop(i);
            }
        }
    }

    private boolean isNamed(Headers headers, int index) {
        var name = HeaderName.sought(headers.name(index));
        byte[] b = headers.block();
        for (int i = 0; i < count; i++) {
            if (kinds[i] != KnownField.CONNECTION) {
                continue;
            }
            int to = headers.valueEnd(i);
            int at = headers.valueStart(i);
            while (at < to) {
                int end = Tokens.endOfElement(b, at, to);
                int start = Tokens.trimStart(b, at, end);
                if (name.matches(b, start, Tokens.trimEnd(b, start, end))) {
                    return true;
                }
                at = end + 1;
            }
        }
        return false;
    }

    /**
     * Writes the received fields that are still there, but for some kinds.
     *
     * @param skipped the kinds left out, a bit each
     * @return the offset behind the last byte written
     */
    public int copy(Headers headers, int skipped, byte[] target, int at) {
        byte[] block = headers.block();
        int to = at;
        int i = 0;
        while (i < count) {
            if (isLeftOut(headers, i, skipped)) {
                i++;
                continue;
            }
            int from = headers.nameStart(i);
            int end = from;
            while (i < count && !isLeftOut(headers, i, skipped)) {
                end = headers.lineEnd(i++);
            }
            System.arraycopy(block, from, target, to, end - from);
            to += end - from;
        }
        return to;
    }

    private boolean isLeftOut(Headers headers, int index, int skipped) {
        return (skipped & 1 << kinds[index]) != 0 || !headers.present(index);
    }
}
