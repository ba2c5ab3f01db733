package io.suimon.dataplane.discovery.dns;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What upstreams write: {@code host[:port]}.
 *
 * @param name in lower case, with a dot at its end
 * @param port of addresses; 0 is that of the upstream's scheme
 */
record ServiceName(String name, int port) {

    static final String EXPECTED = "host[:port], such as _http._tcp.example.com or example.com:8080";

    private static final int MAX_NAME = 253;
    private static final int MAX_PORT = 65_535;
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL + "\\.?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /** Empty when it is no such name. */
    static Optional<ServiceName> parse(String text) {
        int colon = text.indexOf(':');
        var host = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        var port = colon < 0 ? "" : text.substring(colon + 1);
        if (host.length() > MAX_NAME
                || !NAME.matcher(host).matches()
                || (colon >= 0 && !PORT.matcher(port).matches())) {
            return Optional.empty();
        }
        int number = colon < 0 ? 0 : Integer.parseInt(port);
        return number > MAX_PORT
                ? Optional.empty()
                : Optional.of(new ServiceName(host.endsWith(".") ? host : host + '.', number));
    }
}
