package io.suimon.engine.directory;

import io.suimon.engine.text.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A name and a password as a client sends them.
 *
 * @param user not empty
 * @param password as bytes, not empty
 */
public record DirectoryCredentials(String user, byte[] password) {

    /**
     * What a field with a scheme word and Base64 says: {@code Basic dXNlcjpwYXNz} (RFC 7617). The password is all behind the first
     * colon.
     *
     * @param field wire text
     * @param scheme its word, in any case
     * @return null when it is another scheme, no Base64, no UTF-8 before the colon, or lacks user or password
     */
    public static @Nullable DirectoryCredentials parse(String field, String scheme) {
        int from = scheme.length();
        if (!field.regionMatches(true, 0, scheme, 0, from) || field.length() == from || field.charAt(from) != ' ') {
            return null;
        }
        byte[] decoded = decoded(field.substring(from).strip());
        int colon = 0;
        while (colon < decoded.length && decoded[colon] != ':') {
            colon++;
        }
        if (colon == 0 || colon + 1 >= decoded.length) {
            return null;
        }
        var user = utf8(decoded, colon);
        return user == null
                ? null
                : new DirectoryCredentials(user, java.util.Arrays.copyOfRange(decoded, colon + 1, decoded.length));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(WireText.bytes(base64));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "DirectoryCredentials[]";
    }
}
