package io.suimon.engine.routing;

import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.RequestHead;
import io.suimon.engine.text.WireText;

/**
 * A host pattern: {@code a.com}, {@code *.a.com}, {@code *a.com}, {@code *}. One with a port is compared with the Host field. Immutable.
 *
 * @param text as configured, in lower case
 * @param suffix what a host ends in
 * @param wildcard whether anything may stand before it
 * @param withPort whether it names a port, or is an IPv6 address
 */
record HostPattern(String text, String suffix, boolean wildcard, boolean withPort) {

    static HostPattern parse(String pattern) {
        var text = WireText.lowerCase(WireText.of(pattern));
        boolean wildcard = text.startsWith("*");
        return new HostPattern(text, wildcard ? text.substring(1) : text, wildcard, text.indexOf(':') >= 0);
    }

    /** The bytes of the suffix from the last to the first. */
    byte[] reversed() {
        return WireText.bytes(new StringBuilder(suffix).reverse().toString());
    }

    /** Whether the request is for such a host. */
    boolean matches(RequestHead request) {
        if (!withPort) {
            return matches(request.host());
        }
        var field = request.headers().first(HeaderName.HOST);
        return field != null && matches(WireText.lowerCase(field));
    }

    private boolean matches(String host) {
        return wildcard ? host.endsWith(suffix) : host.equals(suffix);
    }
}
