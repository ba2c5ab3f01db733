package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.Reasons;
import io.suimon.dataplane.upstream.Outbox;
import io.suimon.engine.http.BodyTransform;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.Headers;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Writes one response to the client, framed as the client can read it. */
final class ResponseWriter {

    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private static final byte[] CHUNKED_LINE = WireText.bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE_LINE = WireText.bytes("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE_LINE = WireText.bytes("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE_LINE = WireText.bytes("Connection: upgrade\r\n");
    private static final byte[] CONTINUE = WireText.bytes("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] LAST_CHUNK = WireText.bytes("0\r\n\r\n");
    private static final byte[] LAST_SIZE = WireText.bytes("0\r\n");
    private static final byte[] LINE_END = WireText.bytes("\r\n");
    private static final byte[] NOTHING = {};

    private static final int HOP_BY_HOP =
            1 << KnownField.CONNECTION | 1 << KnownField.HOP_BY_HOP | 1 << KnownField.TRANSFER_ENCODING;
    private static final int REPLACED = HOP_BY_HOP | 1 << KnownField.SERVER | 1 << KnownField.UPGRADE;

    /** Whoever believes a head of 1xx that a body follows reads the next head as one (RFC 9110, 8.6). */
    private static final int INTERIM = REPLACED | 1 << KnownField.CONTENT_LENGTH;

    private static final int SWITCHED = HOP_BY_HOP | 1 << KnownField.SERVER | 1 << KnownField.CONTENT_LENGTH;
    private static final int OWN_LINES = 256;

    private final TrafficLoop loop;
    private final Exchange exchange;
    private final Outbox outbox;
    private final HeadWriter head = new HeadWriter();
    private Framing framing = Framing.NONE;
    private boolean started;
    private boolean close;

    ResponseWriter(TrafficLoop loop, Exchange exchange, Outbox outbox) {
        this.loop = loop;
        this.exchange = exchange;
        this.outbox = outbox;
    }

    /** Forgets the response before. */
    void reset() {
        started = false;
        close = false;
    }

    /** Whether the client was sent a part of the final response. */
    boolean started() {
        return started;
    }

    /** Whether the connection must end with the response; known when its head is written. */
    boolean close() {
        return close;
    }

    /** Whether the client knows the end of the body by that of the connection alone. */
    boolean endsWithConnection() {
        return started && framing == Framing.UNTIL_CLOSE;
    }

    /** Tells the client to send its body. */
    void proceed() {
        outbox.bytes(CONTINUE);
        outbox.flush();
    }

    /** Passes on a head of 1xx, but for a 100, which this gateway answers by itself. */
    void informational(FieldLines fields) {
        var response = exchange.response();
        if (exchange.request().minorVersion() == 0 || response.status() == 100) {
            return;
        }
        if (fields.namesOthers()) {
            fields.dropNamedByConnection(response.headers());
        }
        beginHead(0);
        head.length(fields.copy(response.headers(), INTERIM, head.bytes(), head.length()));
        sendHead(0);
        outbox.flush();
    }

    /** Passes on a switch of protocols. */
    void switched(FieldLines fields) {
        started = true;
        close = true;
        beginHead(0);
        var headers = exchange.response().headers();
        head.length(fields.copy(headers, SWITCHED, head.bytes(), head.length()));
        head.length(headers.copyAdded(head.bytes(), head.length()));
        head.bytes(UPGRADE_LINE);
        ownLines(fields);
        sendHead(0);
        outbox.flush();
    }

    /**
     * Writes the head.
     *
     * @param fields of the upstream's head; null for an answer of the gateway's own
     * @param length of the body before any transform; -1 when it is not known
     * @param keepAlive whether the connection may stay open
     * @param more how many bytes of the body will follow at once
     */
    void head(@Nullable FieldLines fields, long length, boolean keepAlive, int more) {
        started = true;
        var headers = exchange.response().headers();
        boolean sized = decideFraming(fields, length);
        close = !keepAlive || framing == Framing.UNTIL_CLOSE;
        beginHead(0);
        if (fields != null) {
            int skipped = sized ? REPLACED : REPLACED | 1 << KnownField.CONTENT_LENGTH;
            head.length(fields.copy(headers, skipped, head.bytes(), head.length()));
        } else if (sized && length >= 0) {
            head.field("Content-Length: ", Long.toString(length));
        }
        head.length(headers.copyAdded(head.bytes(), head.length()));
        ownLines(fields);
        connectionLines();
        sendHead(framing == Framing.NONE ? 0 : more);
    }

    /** Returns whether the length, if there is one, is told. */
    private boolean decideFraming(@Nullable FieldLines fields, long length) {
        var response = exchange.response();
        var headers = response.headers();
        if (headers.hasAdditions()) {
            headers.removeAdded(HeaderName.CONTENT_LENGTH);
            headers.removeAdded(HeaderName.TRANSFER_ENCODING);
        }
        int status = response.status();
        boolean transformed = response.transform() != null;
        if (status == 204 || status == 304 || status < 200) {
            framing = Framing.NONE;
            return status == 304;
        }
        boolean told = length >= 0 && !transformed && (fields == null || isTold(fields, length));
        if (exchange.request().method().equals("HEAD")) {
            framing = Framing.NONE;
            return !transformed;
        }
        framing =
                told ? Framing.LENGTH : exchange.request().minorVersion() == 0 ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
        return told;
    }

    /** Whether the upstream's own field tells it: where a plugin changed method or status, what it tells may not come. */
    private boolean isTold(FieldLines fields, long length) {
        var headers = exchange.response().headers();
        return length == fields.contentLength() && headers.indexOf(HeaderName.CONTENT_LENGTH, 0) >= 0;
    }

    private void beginHead(int more) {
        var response = exchange.response();
        var reason = response.reason();
        if (reason == null) {
            reason = Reasons.of(response.status());
        }
        int bound = response.headers().sizeBound()
                + reason.length()
                + loop.serverLine().length
                + loop.dateLine().length
                + OWN_LINES
                + more;
        head.begin(loop.scratch(bound));
        head.statusLine(response.status(), reason);
    }

    private void ownLines(@Nullable FieldLines fields) {
        var headers = exchange.response().headers();
        boolean dated = fields != null && fields.has(KnownField.DATE);
        if (!dated && !headers.hasAdded(HeaderName.DATE)) {
            head.bytes(loop.dateLine());
        }
        if (!headers.hasAdded(HeaderName.SERVER)) {
            head.bytes(loop.serverLine());
        }
    }

    private void connectionLines() {
        if (framing == Framing.CHUNKED) {
            head.bytes(CHUNKED_LINE);
        }
        if (close) {
            head.bytes(CLOSE_LINE);
        } else if (exchange.request().minorVersion() == 0) {
            head.bytes(KEEP_ALIVE_LINE);
        }
    }

    private void sendHead(int more) {
        head.lineEnd();
        outbox.bytes(head.bytes(), 0, head.length(), more);
        exchange.timing().responseBytes += head.length();
    }

    /** Takes the next {@code length} bytes of the body. */
    void part(ByteBuf in, int length) {
        var transform = exchange.response().transform();
        if (framing == Framing.NONE) {
            in.skipBytes(length);
        } else if (transform != null) {
            var bytes = new byte[length];
            in.readBytes(bytes);
            transformed(transform, bytes, false);
        } else {
            count(length);
            if (framing == Framing.CHUNKED) {
                outbox.chunk(in, length);
            } else {
                outbox.part(in, length);
            }
        }
    }

    /** Takes a whole body. */
    void whole(byte[] body) {
        var transform = exchange.response().transform();
        if (framing == Framing.NONE) {
            return;
        }
        if (transform != null) {
            transformed(transform, body, false);
        } else {
            send(body);
        }
    }

    private void transformed(BodyTransform transform, byte[] part, boolean last) {
        send(transform.apply(part, last));
    }

    private void send(byte[] bytes) {
        count(bytes.length);
        if (framing == Framing.CHUNKED) {
            outbox.chunk(bytes);
        } else {
            outbox.bytes(bytes);
        }
    }

    private void count(int length) {
        exchange.timing().responseBytes += length;
        exchange.timing().responseBodyBytes += length;
    }

    /** Ends the body, with these fields behind it where the framing has room for them. */
    void end(@Nullable Headers trailers) {
        var transform = exchange.response().transform();
        if (transform != null && framing != Framing.NONE) {
            transformed(transform, NOTHING, true);
        }
        if (framing != Framing.CHUNKED) {
            return;
        }
        if (trailers == null || trailers.size() == 0) {
            outbox.bytes(LAST_CHUNK);
            return;
        }
        outbox.bytes(LAST_SIZE);
        byte[] lines = loop.scratch(trailers.sizeBound());
        outbox.bytes(lines, 0, trailers.copyTo(lines, 0), 2);
        outbox.bytes(LINE_END);
    }
}
