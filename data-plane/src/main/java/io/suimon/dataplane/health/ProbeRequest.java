package io.suimon.dataplane.health;

import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.text.WireText;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The bytes a probe sends. What is configured can neither end a line before its time nor contradict the framing. */
final class ProbeRequest {

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\\t -~\\x80-\\xff]*");

    /** Who frames the message decides over these. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer");

    private ProbeRequest() {}

    /**
     * The Host of probes: that of a rewrite, else the node's name, else what is set for probes, else the node's address.
     *
     * @param named whether the node's host is a name
     */
    static String host(Upstream upstream, HealthCheck.Active active, String nodeHost, boolean named) {
        var rewritten = upstream.upstreamHost();
        if (upstream.passHost() == Upstream.PassHost.REWRITE && rewritten != null) {
            return rewritten;
        }
        var own = active.host();
        return named || own == null ? nodeHost : own;
    }

    /** Whom a node is asked for in a TLS handshake where this is its Host: without port and brackets. */
    static String serverName(String host) {
        int bracket = host.lastIndexOf(']');
        if (host.startsWith("[") && bracket > 0) {
            return host.substring(1, bracket);
        }
        int colon = host.indexOf(':');
        return colon > 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
    }

    /** The request. */
    static byte[] bytes(HealthCheck.Active active, String host, boolean keepAlive) {
        var fields = new StringBuilder();
        boolean hostSaid = false;
        for (var line : active.requestHeaders()) {
            var wire = WireText.of(line);
            var field = FIELD.matcher(wire);
            if (!field.matches()) {
                continue;
            }
            var name = field.group(1).toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !(hostSaid && name.equals("host"))) {
                hostSaid |= name.equals("host");
                fields.append(wire).append("\r\n");
            }
        }
        var body = WireText.of(active.body());
        var head = new StringBuilder(active.method())
                .append(' ')
                .append(target(WireText.of(active.path())))
                .append(" HTTP/1.1\r\n");
        if (!hostSaid) {
            head.append("Host: ").append(oneWord(WireText.of(host))).append("\r\n");
        }
        head.append(fields);
        if (!keepAlive) {
            head.append("Connection: close\r\n");
        }
        if (!body.isEmpty() || sendsBody(active.method())) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return WireText.bytes(head.append("\r\n").append(body).toString());
    }

    private static boolean sendsBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    private static String target(String path) {
        return oneWord(path.startsWith("/") ? path : "/" + path);
    }

    private static String oneWord(String text) {
        var word = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                word.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }
}
