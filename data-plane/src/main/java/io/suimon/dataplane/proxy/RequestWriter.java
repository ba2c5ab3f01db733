package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.RequestParser;
import io.suimon.dataplane.upstream.EndpointPool;
import io.suimon.dataplane.upstream.Outbox;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.text.WireText;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes the head of the request as the endpoint gets it. */
final class RequestWriter {

    private static final HeaderName FOR = HeaderName.of("X-Forwarded-For");
    private static final HeaderName REAL_IP = HeaderName.of("X-Real-IP");
    private static final byte[] VERSION = WireText.bytes(" HTTP/1.1\r\n");
    private static final byte[] CHUNKED_LINE = WireText.bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] UPGRADE_LINE = WireText.bytes("Connection: upgrade\r\n");
    private static final int LEFT_OUT = ClientFields.WRITTEN
            | 1 << KnownField.CONNECTION
            | 1 << KnownField.HOP_BY_HOP
            | 1 << KnownField.TRANSFER_ENCODING
            | 1 << KnownField.EXPECT;
    private static final int OWN_LINES = 256;

    private final TrafficLoop loop;
    private final Exchange exchange;
    private final ClientFields client;
    private final HeadWriter head = new HeadWriter();

    RequestWriter(TrafficLoop loop, Exchange exchange, ClientFields client) {
        this.loop = loop;
        this.exchange = exchange;
        this.client = client;
    }

    /**
     * Writes the head.
     *
     * @param upgrade whether the switch of protocols that the client asked for is asked for
     * @param more how many bytes of the body are there
     */
    void write(RequestParser parser, Upstream upstream, EndpointPool endpoint, boolean upgrade, Outbox to, int more) {
        var request = exchange.request();
        var headers = request.headers();
        var fields = parser.fields();
        if (fields.namesOthers()) {
            fields.dropNamedByConnection(headers);
        }
        var host = host(parser, upstream, endpoint);
        var made = exchange.upstream().target();
        var target = made == null ? null : oneWord(made);
        var method = exchange.upstream().method();
        head.begin(loop.scratch(request.targetEnd()
                + client.bound()
                + (host == null ? 0 : host.length())
                + (target == null ? 0 : target.length())
                + OWN_LINES));
        head.text(method == null ? request.method() : method);
        head.blank();
        if (target == null) {
            head.bytes(request.bytes(), request.targetStart(), request.targetEnd() - request.targetStart());
        } else {
            head.text(target);
        }
        head.bytes(VERSION);
        if (host != null) {
            head.field("Host: ", host);
        }
        fields(fields, leftOut(host, upgrade), upgrade);
        to.bytes(head.bytes(), 0, head.length(), more);
    }

    /** A target that a filter made of what a client sent must not end the request line before its time. */
    private static String oneWord(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (isBreaking(target.charAt(i))) {
                return escaped(target);
            }
        }
        return target;
    }

    private static boolean isBreaking(char c) {
        return c <= ' ' || c == 0x7f;
    }

    private static String escaped(String target) {
        var word = new StringBuilder(target.length() + 8);
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (isBreaking(c)) {
                word.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private static int leftOut(@Nullable String host, boolean upgrade) {
        int kinds = host == null ? LEFT_OUT : LEFT_OUT | 1 << KnownField.HOST;
        return upgrade ? kinds : kinds | 1 << KnownField.UPGRADE;
    }

    private void fields(FieldLines fields, int leftOut, boolean upgrade) {
        var headers = exchange.request().headers();
        head.length(fields.copy(headers, leftOut, head.bytes(), head.length()));
        client.write(head);
        if (headers.hasAdditions()) {
            headers.removeAdded(REAL_IP);
            headers.removeAdded(FOR);
            headers.removeAdded(HeaderName.TRANSFER_ENCODING);
            headers.removeAdded(HeaderName.CONTENT_LENGTH);
            headers.removeAdded(HeaderName.CONNECTION);
            head.length(headers.copyAdded(head.bytes(), head.length()));
        }
        if (fields.chunked()) {
            head.bytes(CHUNKED_LINE);
        } else if (fields.contentLength() >= 0 && headers.indexOf(HeaderName.CONTENT_LENGTH, 0) < 0) {
            // A plugin took it away, but the body follows: without it, that would be the next request.
            head.field("Content-Length: ", Long.toString(fields.contentLength()));
        }
        if (upgrade) {
            head.bytes(UPGRADE_LINE);
        }
        head.lineEnd();
    }

    /** The Host to send, or null to send the client's as it is. */
    private @Nullable String host(RequestParser parser, Upstream upstream, EndpointPool endpoint) {
        var own = exchange.upstream().host();
        if (own != null) {
            return own;
        }
        return switch (upstream.passHost()) {
            case PASS -> passed(parser, upstream, endpoint);
            case NODE -> nodeHost(upstream.scheme(), endpoint.host(), endpoint.port());
            case REWRITE -> upstream.upstreamHost();
        };
    }

    /** A client of HTTP/1.0 may name no host; HTTP/2 has to have one. */
    private @Nullable String passed(RequestParser parser, Upstream upstream, EndpointPool endpoint) {
        if (parser.absolute()) {
            return WireText.of(client.authority(), 0, client.authority().length);
        }
        boolean missing =
                upstream.scheme().isGrpc() && exchange.request().host().isEmpty();
        return missing ? nodeHost(upstream.scheme(), endpoint.host(), endpoint.port()) : null;
    }

    /** The host that is sent, without a port and without brackets. */
    String serverName(RequestParser parser, Upstream upstream, EndpointPool endpoint) {
        var sent = host(parser, upstream, endpoint);
        var host = sent == null ? exchange.request().host() : withoutPort(sent);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') && colon == host.indexOf(':', Math.max(0, host.lastIndexOf(']')))
                ? host.substring(0, colon)
                : host;
    }

    /** What a node is called: with its port, unless that is what its scheme means anyway. */
    static String nodeHost(Upstream.Scheme scheme, String host, int port) {
        return port == scheme.defaultPort() ? host : host + ":" + port;
    }
}
