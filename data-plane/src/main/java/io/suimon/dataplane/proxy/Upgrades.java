package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.Tokens;
import io.suimon.engine.http.RequestHead;

/** Which switches of protocols are asked for on a client's behalf (RFC 9110, 7.8). */
final class Upgrades {

    private Upgrades() {}

    /**
     * Whether the request asks for one that an origin may be asked for. Not in HTTP/1.0; and not to HTTP/2, nor to TLS (RFC 2817):
     * behind those, requests would pass that no route and no filter saw.
     */
    static boolean isAskedFor(RequestHead request, FieldLines fields) {
        if (!fields.upgrade() || !fields.has(KnownField.UPGRADE) || request.minorVersion() == 0) {
            return false;
        }
        var headers = request.headers();
        boolean asked = false;
        for (int i = 0; i < headers.received(); i++) {
            if (fields.kind(i) == KnownField.UPGRADE && headers.present(i)) {
                if (carriesRequests(headers.block(), headers.valueStart(i), headers.valueEnd(i))) {
                    return false;
                }
                asked = true;
            }
        }
        return asked;
    }

    private static boolean carriesRequests(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Tokens.endOfElement(b, at, to);
            int start = Tokens.trimStart(b, at, end);
            int stop = Tokens.trimEnd(b, start, end);
            boolean http = stop - start >= 4 && Tokens.equalsIgnoreCase(b, start, start + 4, "http");
            boolean tls = stop - start >= 3 && Tokens.equalsIgnoreCase(b, start, start + 3, "tls");
            if (http
                    || tls
                    || Tokens.equalsIgnoreCase(b, start, stop, "h2c")
                    || Tokens.equalsIgnoreCase(b, start, stop, "h2")) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }
}
