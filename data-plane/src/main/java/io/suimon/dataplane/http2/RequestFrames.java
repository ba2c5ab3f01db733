package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.RequestParser;
import io.suimon.engine.http.RequestHead;

/** Reads one request of HTTP/1.1 and writes it as frames, as gRPC has them. */
final class RequestFrames {

    private static final String CONTENT_TYPE = "content-type";
    private static final String GRPC = "application/grpc";

    private final String scheme;
    private final HeadBuffer head;
    private final RequestParser parser;
    private final BodyReader body;
    private final RequestHead request = new RequestHead();
    private final BodyFrames frames = new BodyFrames();
    private boolean inBody;

    /** @param scheme what {@code :scheme} says */
    RequestFrames(Http1Limits limits, String scheme) {
        this.scheme = scheme;
        head = new HeadBuffer(limits.headBytes(), limits.headBytes());
        parser = new RequestParser(limits);
        body = new BodyReader(limits);
    }

    BodyFrames frames() {
        return frames;
    }

    /** Whether HEAD is asked, and so no body answered. */
    boolean isHead() {
        return request.method().equals("HEAD");
    }

    /** Writes what these bytes say. Returns false when they are no request. */
    boolean write(ChannelHandlerContext context, ByteBuf in) {
        if (!inBody) {
            switch (head.collect(in)) {
                case INCOMPLETE -> {
                    return true;
                }
                case LINE_TOO_LONG, TOO_LARGE -> {
                    return false;
                }
                case COMPLETE -> {
                    if (!head()) {
                        return false;
                    }
                }
            }
        }
        return frames.body(context, body, in);
    }

    private boolean head() {
        if (parser.parse(head.bytes(), head.length(), request) != 0) {
            return false;
        }
        var fields = parser.fields();
        var headers = new DefaultHttp2Headers(false);
        headers.method(request.method())
                .scheme(scheme)
                .authority(parser.authority(head.bytes()))
                .path(request.rawPath());
        var passedOn = BodyFrames.fields(fields, request.headers());
        for (int i = 0; i < passedOn.length; i += 2) {
            headers.add(passedOn[i], passedOn[i + 1]);
        }
        speakGrpc(headers);
        frames.head(headers);
        if (fields.chunked()) {
            body.chunked();
        } else {
            body.length(Math.max(0, fields.contentLength()));
        }
        inBody = true;
        return true;
    }

    /** A client that knows nothing of gRPC is not told here: the origin takes it for one that does. */
    private static void speakGrpc(Http2Headers headers) {
        headers.set("te", "trailers");
        var type = headers.get(CONTENT_TYPE);
        if (type == null || !isGrpc(type.toString())) {
            headers.set(CONTENT_TYPE, GRPC);
        }
    }

    private static boolean isGrpc(String type) {
        return type.startsWith(GRPC)
                && (type.length() == GRPC.length() || "+; ".indexOf(type.charAt(GRPC.length())) >= 0);
    }
}
