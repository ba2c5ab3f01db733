package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.engine.http.ResponseHead;

/** Reads one response of HTTP/1.1 and writes it as frames. */
final class ResponseFrames {

    private final HeadBuffer head;
    private final ResponseParser parser;
    private final BodyReader body;
    private final ResponseHead response = new ResponseHead();
    private final BodyFrames frames = new BodyFrames();
    private boolean inBody;

    ResponseFrames(Http1Limits limits) {
        head = new HeadBuffer(limits.headBytes(), limits.headBytes());
        parser = new ResponseParser(limits);
        body = new BodyReader(limits);
    }

    BodyFrames frames() {
        return frames;
    }

    /** Writes what these bytes say. Returns false when they are no response. */
    boolean write(ChannelHandlerContext context, ByteBuf in, boolean toHead) {
        while (!inBody && in.isReadable()) {
            switch (head.collect(in)) {
                case INCOMPLETE -> {
                    return true;
                }
                case LINE_TOO_LONG, TOO_LARGE -> {
                    return false;
                }
                case COMPLETE -> {
                    if (!head(context, toHead)) {
                        return false;
                    }
                }
            }
        }
        return !inBody || frames.body(context, body, in);
    }

    private boolean head(ChannelHandlerContext context, boolean toHead) {
        if (!parser.parse(head.bytes(), head.length(), response)) {
            return false;
        }
        int status = response.status();
        var headers = new DefaultHttp2Headers(false);
        headers.status(Integer.toString(status));
        BodyFrames.copy(parser.fields(), response.headers(), headers);
        if (status < 200) {
            frames.interim(context, headers);
            head.clear();
            return true;
        }
        frames.head(headers);
        frame(status, toHead);
        inBody = true;
        return true;
    }

    private void frame(int status, boolean toHead) {
        var fields = parser.fields();
        if (toHead || status == 204 || status == 304) {
            body.none();
        } else if (fields.chunked()) {
            body.chunked();
        } else if (fields.has(KnownField.CONTENT_LENGTH)) {
            body.length(fields.contentLength());
        } else {
            body.none();
        }
    }
}
