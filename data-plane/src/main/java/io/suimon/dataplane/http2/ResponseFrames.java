package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.HeadBuffer;
import io.suimon.dataplane.http1.KnownField;

/** Reads one response of HTTP/1.1 and writes it as frames. */
final class ResponseFrames {

    private final BodyReader body;
    private final BodyFrames frames = new BodyFrames();
    private ResponseHeads heads;
    private boolean inParts;
    private boolean inBody;

    /** @param heads of the connection, which are left as they were found */
    ResponseFrames(ResponseHeads heads) {
        this.heads = heads;
        body = new BodyReader(heads.limits());
    }

    BodyFrames frames() {
        return frames;
    }

    /** Writes what these bytes say. Returns false when they are no response. */
    boolean write(ChannelHandlerContext context, ByteBuf in, boolean toHead) {
        while (!inBody && in.isReadable()) {
            int from = in.readerIndex();
            var progress = heads.collect(in);
            if (progress == HeadBuffer.Progress.INCOMPLETE && inParts) {
                return true;
            }
            boolean understood = progress == HeadBuffer.Progress.INCOMPLETE
                    || (progress == HeadBuffer.Progress.COMPLETE && head(context, toHead));
            heads.clear();
            if (!understood) {
                return false;
            }
            if (progress == HeadBuffer.Progress.INCOMPLETE) {
                heads = heads.another();
                inParts = true;
                in.readerIndex(from);
            }
        }
        return !inBody || frames.body(context, body, in);
    }

    private boolean head(ChannelHandlerContext context, boolean toHead) {
        if (!heads.parse()) {
            return false;
        }
        int status = heads.status();
        var headers = ReadOnlyHttp2Headers.serverHeaders(
                false,
                HttpResponseStatus.valueOf(status).codeAsText(),
                BodyFrames.fields(heads.fields(), heads.headers()));
        if (status < 200) {
            frames.interim(context, headers);
            return true;
        }
        frames.head(headers);
        frame(status, toHead);
        inBody = true;
        return true;
    }

    private void frame(int status, boolean toHead) {
        var fields = heads.fields();
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
