package io.suimon.dataplane.http2;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.stream.Stream;

/** Names of fields in lower case, as HTTP/2 wants them: for those that most responses have there is one object, whose hash is known. */
final class FieldNames {

    private static final AsciiString[][] BY_LENGTH = byLength(
            "accept-ranges",
            "access-control-allow-credentials",
            "access-control-allow-origin",
            "age",
            "cache-control",
            "content-encoding",
            "content-language",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "etag",
            "expires",
            "grpc-status",
            "last-modified",
            "location",
            "server",
            "set-cookie",
            "strict-transport-security",
            "vary",
            "via",
            "x-content-type-options",
            "x-frame-options",
            "x-request-id");

    private FieldNames() {}

    private static AsciiString[][] byLength(String... names) {
        int longest = Stream.of(names).mapToInt(String::length).max().orElse(0);
        var byLength = new AsciiString[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] = Stream.of(names)
                    .filter(name -> name.length() == wanted)
                    .map(AsciiString::cached)
                    .toArray(AsciiString[]::new);
        }
        return byLength;
    }

    /** The name that these bytes are, whose letters are of any case. */
    static AsciiString of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < BY_LENGTH.length) {
            for (var known : BY_LENGTH[length]) {
                if (isThis(known, bytes, from)) {
                    return known;
                }
            }
        }
        byte[] name = Arrays.copyOfRange(bytes, from, to);
        for (int i = 0; i < name.length; i++) {
            name[i] = lower(name[i]);
        }
        return new AsciiString(name, false);
    }

    private static boolean isThis(AsciiString known, byte[] bytes, int from) {
        byte[] wanted = known.array();
        for (int i = 0; i < wanted.length; i++) {
            if (lower(bytes[from + i]) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter | 0x20) : letter;
    }
}
