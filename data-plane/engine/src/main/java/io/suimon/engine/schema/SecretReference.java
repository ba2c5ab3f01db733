package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** A text that only names a secret: {@code $secret://manager/id/path/field}, {@code $ENV://NAME}. Which texts those are, for both planes. */
public final class SecretReference {

    /** What a reference to a secret manager begins with. */
    public static final String MANAGED = "$secret://";

    /** What a reference to an environment variable begins with, in upper or lower case. */
    public static final String ENVIRONMENT = "$ENV://";

    private SecretReference() {}

    public static boolean is(String text) {
        return text.startsWith(MANAGED) || isEnvironment(text);
    }

    public static boolean isEnvironment(String text) {
        return text.regionMatches(true, 0, ENVIRONMENT, 0, ENVIRONMENT.length());
    }

    /** Whether a tree has one at all. */
    public static boolean isWithin(JsonNode tree) {
        if (tree.isTextual()) {
            return is(tree.textValue());
        }
        for (var child : tree) {
            if (isWithin(child)) {
                return true;
            }
        }
        return false;
    }

    /** Whether JSON text may hold one: false is certain, and costs a fraction of parsing. */
    public static boolean mayBeWithin(byte[] json) {
        for (int i = 0; i < json.length - 1; i++) {
            // Either as it is, or with its first character escaped.
            if ((json[i] == '$' && isOneOf(json[i + 1], 's', 'e', 'E', '\\'))
                    || (json[i] == '\\' && json[i + 1] == 'u')) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOf(byte letter, char... letters) {
        for (char one : letters) {
            if (letter == one) {
                return true;
            }
        }
        return false;
    }
}
