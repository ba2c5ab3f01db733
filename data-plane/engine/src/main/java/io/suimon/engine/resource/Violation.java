package io.suimon.engine.resource;

/**
 * One reason why a resource is refused.
 *
 * @param pointer where in the JSON, as a JSON pointer (RFC 6901); empty for the whole
 * @param message what is wrong, in the words APISIX's clients know
 */
public record Violation(String pointer, String message) {

    /** A violation of the resource as a whole. */
    public static Violation of(String message) {
        return new Violation("", message);
    }
}
