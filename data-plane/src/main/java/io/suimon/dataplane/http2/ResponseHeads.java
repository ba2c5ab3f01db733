package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.engine.http.Headers;
import io.suimon.engine.http.ResponseHead;

/**
 * Reads heads of responses of HTTP/1.1, one after the other. All streams of a connection share one: a head comes whole nearly always,
 * and is read and forgotten within one call.
 *
 * <p>Touched on the connection's event loop only.
 */
public final class ResponseHeads {

    private final Http1Limits limits;
    private final HeadBuffer head;
    private final ResponseParser parser;
    private final ResponseHead response = new ResponseHead();

    /** @param limits of each head */
    public ResponseHeads(Http1Limits limits) {
        this.limits = limits;
        head = new HeadBuffer(limits.headBytes(), limits.headBytes());
        parser = new ResponseParser(limits);
    }

    /** One for a stream whose head comes in parts. */
    ResponseHeads another() {
        return new ResponseHeads(limits);
    }

    Http1Limits limits() {
        return limits;
    }

    HeadBuffer.Progress collect(ByteBuf in) {
        return head.collect(in);
    }

    /** Reads the head that was collected. Returns false when it is none. */
    boolean parse() {
        return parser.parse(head.bytes(), head.length(), response);
    }

    int status() {
        return response.status();
    }

    FieldLines fields() {
        return parser.fields();
    }

    Headers headers() {
        return response.headers();
    }

    /** Forgets the head. */
    void clear() {
        head.clear();
    }
}
