package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which fields may stand in a message of HTTP/2 (RFC 9113, 8.2): nothing that HTTP/1.1 could read as something else. */
final class FieldRules {

    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");
    private static final int MAX_LENGTH_DIGITS = 18;

    private FieldRules() {}

    /** Whether this is a lower-case name with this value, both well-formed and not about a connection. */
    static boolean allows(CharSequence name, CharSequence value) {
        if (!isName(name) || !isValue(value)) {
            return false;
        }
        var text = name.toString();
        return !OF_CONNECTIONS.contains(text)
                && (!text.equals("te") || AsciiString.contentEqualsIgnoreCase(value, "trailers"));
    }

    private static boolean isName(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean token = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            if (!token) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(CharSequence value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return length == 0 || (!isBlank(value.charAt(0)) && !isBlank(value.charAt(length - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Whether it is a target, an authority or a method as far as blanks and controls go: it cannot end where it stands. */
    static boolean isWord(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Digits only, without zeros in front; else -1. */
    static long length(CharSequence value) {
        int digits = value.length();
        if (digits == 0 || digits > MAX_LENGTH_DIGITS || (digits > 1 && value.charAt(0) == '0')) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < digits; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            length = length * 10 + c - '0';
        }
        return length;
    }

    /** Writes text whose characters are bytes. */
    static void write(ByteBuf to, CharSequence text) {
        if (text instanceof AsciiString ascii) {
            to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            to.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        }
    }

    /** Writes one line of HTTP/1.1. */
    static void line(ByteBuf to, CharSequence name, CharSequence value) {
        write(to, name);
        to.writeByte(':').writeByte(' ');
        write(to, value);
        to.writeShort('\r' << 8 | '\n');
    }
}
