package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.HostBytes;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.RequestParser;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.net.IpLiteral;
import io.suimon.engine.text.WireText;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is, and the fields that tell the upstream: X-Real-IP and X-Forwarded-*.
 *
 * <p>One per connection: what it says is nearly always what it said of the request before, so those bytes are kept.
 */
final class ClientFields {

    private static final HeaderName REAL_IP = HeaderName.of("X-Real-IP");
    private static final HeaderName FOR = HeaderName.of("X-Forwarded-For");
    private static final HeaderName PROTO = HeaderName.of("X-Forwarded-Proto");
    private static final HeaderName HOST = HeaderName.of("X-Forwarded-Host");
    private static final HeaderName PORT = HeaderName.of("X-Forwarded-Port");
    private static final HeaderName FORWARDED = HeaderName.of("Forwarded");

    /** Kinds that are written here and never copied. */
    static final int WRITTEN = 1 << KnownField.X_REAL_IP | 1 << KnownField.X_FORWARDED_FOR;

    private static final byte[] NOTHING = {};
    private static final String NO_HOST = "_";

    private final Exchange exchange;
    private final String peer;
    private final String scheme;
    private final String listenerPort;
    private final boolean trusted;
    private final boolean dropFor;
    private final boolean realIp;
    private byte[] authority = NOTHING;
    private byte[] usual = NOTHING;
    private @Nullable String host;
    private boolean unusual;

    ClientFields(Exchange exchange, ProxySettings settings) {
        this.exchange = exchange;
        var connection = exchange.connection();
        var address = connection.remote().getAddress();
        this.peer = IpLiteral.text(address);
        this.scheme = connection.tls() ? "https" : "http";
        this.listenerPort = Integer.toString(connection.local().getPort());
        this.trusted = contains(settings.trusted(), address);
        this.dropFor = !settings.trusted().isEmpty() && !trusted;
        this.realIp = contains(settings.realIpFrom(), address);
    }

    private static boolean contains(List<CidrBlock> blocks, InetAddress address) {
        for (var block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Reads what a new request says; before it is matched. */
    void read(RequestParser parser) {
        var head = exchange.request();
        byte[] bytes = head.bytes();
        int from = parser.authorityStart();
        int to = parser.authorityEnd();
        if (!Arrays.equals(authority, 0, authority.length, bytes, from, to) || host == null) {
            authority = Arrays.copyOfRange(bytes, from, to);
            host = to > from ? HostBytes.hostOf(bytes, from, to) : "";
            usual = NOTHING;
        }
        head.host(host);
        var fields = parser.fields();
        unusual = fields.has(KnownField.X_REAL_IP)
                || fields.has(KnownField.X_FORWARDED_FOR)
                || fields.has(KnownField.X_FORWARDED_PROTO)
                || fields.has(KnownField.X_FORWARDED_HOST)
                || fields.has(KnownField.X_FORWARDED_PORT)
                || fields.has(KnownField.FORWARDED);
        if (unusual) {
            judge(head.headers());
        }
    }

    private void judge(Headers headers) {
        var claimed = realIp ? headers.first(REAL_IP) : null;
        var address = claimed == null ? null : IpLiteral.parse(claimed);
        if (address != null) {
            exchange.client(address, exchange.connection().remote().getPort());
        }
        keepOriginal(headers, FOR, "original_x_forwarded_for", dropFor);
        keepOriginal(headers, PROTO, "original_x_forwarded_proto", !trusted);
        keepOriginal(headers, HOST, "original_x_forwarded_host", !trusted);
        keepOriginal(headers, PORT, "original_x_forwarded_port", !trusted);
        keepOriginal(headers, FORWARDED, "original_forwarded", !trusted);
    }

    private void keepOriginal(Headers headers, HeaderName name, String variable, boolean drop) {
        var value = headers.first(name);
        if (value != null) {
            exchange.variable(variable, value);
            if (drop) {
                headers.remove(name);
            }
        }
    }

    /** How many bytes {@link #write} writes at most. */
    int bound() {
        return exchange.request().headers().sizeBound() + authority.length + usual.length + 256;
    }

    /** Writes X-Real-IP and X-Forwarded-*, but for those that are there and may stay. */
    void write(HeadWriter to) {
        var headers = exchange.request().headers();
        if (unusual || headers.hasAdditions() || !isPeer(exchange.clientAddress())) {
            writeUnusual(to, headers);
            return;
        }
        if (usual.length == 0) {
            usual = WireText.bytes("X-Real-IP: " + peer + "\r\nX-Forwarded-For: " + peer + "\r\nX-Forwarded-Proto: "
                    + scheme + "\r\nX-Forwarded-Host: " + hostText() + "\r\nX-Forwarded-Port: " + port() + "\r\n");
        }
        to.bytes(usual);
    }

    @SuppressWarnings("ReferenceEquality") // the same object unless somebody said otherwise; cheaper than comparing
    private boolean isPeer(InetAddress client) {
        return client == exchange.connection().remote().getAddress();
    }

    private void writeUnusual(HeadWriter to, Headers headers) {
        var client = IpLiteral.text(exchange.clientAddress());
        to.field("X-Real-IP: ", client);
        var before = headers.all(FOR);
        to.field("X-Forwarded-For: ", before.isEmpty() ? client : String.join(", ", before) + ", " + client);
        writeMissing(to, headers, PROTO, "X-Forwarded-Proto: ", scheme);
        writeMissing(to, headers, HOST, "X-Forwarded-Host: ", hostText());
        writeMissing(to, headers, PORT, "X-Forwarded-Port: ", port());
    }

    private static void writeMissing(
            HeadWriter to, Headers headers, HeaderName name, String nameAndColon, String value) {
        if (!headers.contains(name)) {
            to.field(nameAndColon, value);
        }
    }

    private String hostText() {
        return authority.length == 0 ? NO_HOST : WireText.of(authority, 0, authority.length);
    }

    private String port() {
        var port = authority.length == 0 ? null : HostBytes.portOf(authority, 0, authority.length);
        return port == null ? listenerPort : port;
    }

    /** The host and port the request is for, as sent. */
    byte[] authority() {
        return authority;
    }
}
