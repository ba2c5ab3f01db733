package io.suimon.engine.plugins.hmacauth;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an Authorization field that begins with {@code Signature}, in wire text.
 *
 * @param headers what is signed, as sent: names with one blank between
 */
record SignatureField(String keyId, String algorithm, String headers, String signature) {

    static final String SCHEME = "Signature";

    /** Reads the value of a field that begins with the scheme; null where it is malformed or lacks what it needs. */
    static @Nullable SignatureField parse(String field) {
        var parameters = new HashMap<String, String>();
        int at = skipBlanks(field, SCHEME.length());
        boolean more = at > SCHEME.length();
        while (more) {
            at = parameter(field, at, parameters);
            if (at < 0) {
                return null;
            }
            more = at < field.length();
            at = skipBlanks(field, at + 1);
        }
        var keyId = parameters.get("keyId");
        var algorithm = parameters.get("algorithm");
        var signature = parameters.get("signature");
        return keyId == null || algorithm == null || signature == null
                ? null
                : new SignatureField(keyId, algorithm, parameters.getOrDefault("headers", ""), signature);
    }

    /** Reads one {@code name="value"}. Returns where its comma is, or the end; -1 where it is malformed or was there before. */
    private static int parameter(String field, int from, Map<String, String> parameters) {
        int equals = field.indexOf("=\"", from);
        int close = equals < 0 ? -1 : field.indexOf('"', equals + 2);
        if (close < 0 || parameters.put(field.substring(from, equals), field.substring(equals + 2, close)) != null) {
            return -1;
        }
        int end = skipBlanks(field, close + 1);
        return end == field.length() || field.charAt(end) == ',' ? end : -1;
    }

    private static int skipBlanks(String field, int from) {
        int at = from;
        while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        return "SignatureField[keyId=" + keyId + ", algorithm=" + algorithm + "]";
    }
}
