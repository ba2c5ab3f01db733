package io.suimon.engine.http;

import io.suimon.engine.consumer.ConsumerIndex;
import io.suimon.engine.net.IpLiteral;
import io.suimon.engine.text.WireText;
import io.suimon.engine.tls.ClientPolicy;
import io.suimon.engine.tls.ClientProof;
import io.suimon.engine.tls.TlsSession;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request told in words rather than received: what a person asks to have explained, and what tests begin with.
 *
 * <p>Immutable; each method gives a new one. All text is configuration text (any Unicode) and goes out as its UTF-8 bytes.
 */
public final class DescribedRequest {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String LOOPBACK = "127.0.0.1";
    private static final TlsSession SESSION =
            new TlsSession(null, "TLSv1.3", "TLS_AES_128_GCM_SHA256", "", false, ClientProof.NONE, ClientPolicy.OPEN);

    private record Field(String name, String value) {}

    private final String method;
    private final String target;
    private final boolean tls;
    private final InetAddress client;
    private final List<Field> fields;
    private final byte @Nullable [] body;

    private DescribedRequest(
            String method, String target, boolean tls, InetAddress client, List<Field> fields, byte @Nullable [] body) {
        this.method = method;
        this.target = target;
        this.tls = tls;
        this.client = client;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    /**
     * A request without header fields, over HTTP, from loopback.
     *
     * @param target path with query, encoded as it would be sent; or an absolute URL
     */
    public static DescribedRequest of(String method, String target) {
        return new DescribedRequest(
                line("method", method, ' '), line("target", target, ' '), false, address(LOOPBACK), List.of(), null);
    }

    /** {@code GET} of the target. */
    public static DescribedRequest get(String target) {
        return of("GET", target);
    }

    /** With one more header field. */
    public DescribedRequest header(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(line("header name", name, ':'), line("header value", value, '\n')));
        return new DescribedRequest(method, target, tls, client, more, body);
    }

    /** With a Host field. */
    public DescribedRequest host(String host) {
        return header("Host", host);
    }

    /** Over HTTPS. */
    public DescribedRequest https() {
        return new DescribedRequest(method, target, true, client, fields, body);
    }

    /** From this address, an IP literal. */
    public DescribedRequest from(String clientAddress) {
        return new DescribedRequest(method, target, tls, address(clientAddress), fields, body);
    }

    /** With this body, read whole, and its length as a field. */
    public DescribedRequest body(String text) {
        byte[] bytes = WireText.bytes(WireText.of(text));
        var measured = header("Content-Length", Integer.toString(bytes.length));
        return new DescribedRequest(method, target, tls, client, measured.fields, bytes);
    }

    /** The exchange, where nobody is a consumer. */
    public Exchange exchange() {
        return exchange(ConsumerIndex.EMPTY);
    }

    /**
     * A new exchange as a listener would hand it to matching: HTTP/1.1, the whole body read.
     *
     * @throws IllegalArgumentException when a listener would refuse such a request, with the reason
     */
    public Exchange exchange(ConsumerIndex consumers) {
        var connection = new ClientConnection(
                new InetSocketAddress(client, 0),
                new InetSocketAddress(address(LOOPBACK), tls ? HTTPS_PORT : HTTP_PORT),
                tls ? SESSION : null,
                0);
        var exchange = new Exchange(connection);
        exchange.reset(consumers);
        write(exchange.request());
        if (body != null) {
            exchange.requestBody(body.clone());
        }
        return exchange;
    }

    private void write(RequestHead head) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(WireText.bytes(method + " "));
        int targetStart = out.size();
        out.writeBytes(WireText.bytes(target));
        int targetEnd = out.size();
        out.writeBytes(WireText.bytes(" HTTP/1.1\r\n"));
        int[] starts = new int[fields.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.size();
            out.writeBytes(WireText.bytes(fields.get(i).name + ": " + fields.get(i).value + "\r\n"));
        }
        int end = out.size();

        head.reset(out.toByteArray(), method, 1);
        int authority = authorityStart();
        int path = authority < 0 ? 0 : endOfAuthority(authority);
        if (!head.target(targetStart, targetEnd, targetStart + path)) {
            throw new IllegalArgumentException(
                    "target: " + target + " (expected: a path without bad escapes, inside the root)");
        }
        for (int i = 0; i < starts.length; i++) {
            var field = fields.get(i);
            int value = starts[i] + field.name.length() + 2;
            int valueEnd = value + field.value.length();
            head.headers().field(starts[i], value - 2, value, valueEnd, i + 1 < starts.length ? starts[i + 1] : end);
        }
        head.host(hostOf(head, authority, path));
    }

    private static @Nullable String hostOf(RequestHead head, int authority, int path) {
        var text = authority < 0
                ? head.headers().first(HeaderName.HOST)
                : head.target().substring(authority, path);
        if (text == null) {
            return null;
        }
        var parsed = Authority.parse(text);
        if (parsed == null) {
            throw new IllegalArgumentException("host: " + text + " (expected: a host with or without a port)");
        }
        return parsed.host();
    }

    /** Where the host begins in a target of absolute form, else -1. */
    private int authorityStart() {
        int separator = target.indexOf("://");
        return target.startsWith("/") || separator < 0 ? -1 : separator + 3;
    }

    private int endOfAuthority(int from) {
        for (int i = from; i < target.length(); i++) {
            if ("/?#".indexOf(target.charAt(i)) >= 0) {
                return i;
            }
        }
        return target.length();
    }

    /** Wire text that cannot break out of its line. */
    private static String line(String what, String text, char forbidden) {
        var wire = WireText.of(text);
        for (int i = 0; i < wire.length(); i++) {
            char c = wire.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c == forbidden) {
                throw new IllegalArgumentException(what + ": " + text + " (expected: no character " + (int) c + ")");
            }
        }
        return wire;
    }

    private static InetAddress address(String text) {
        var address = IpLiteral.parse(text);
        if (address == null) {
            throw new IllegalArgumentException("client address: " + text + " (expected: an IP address)");
        }
        return address;
    }
}
