package io.suimon.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.suimon.engine.http.RequestHead;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.text.WireText;

/** Reads a message from pieces, as a connection does, and says in one line what it was. */
final class ReadMessage {

    private ReadMessage() {}

    /** The request in this text, whose bytes arrive in two pieces, cut at {@code cut}. */
    static String request(String text, int cut, Http1Limits limits) {
        var buffer = new HeadBuffer(limits.headBytes(), limits.lineBytes());
        var parser = new RequestParser(limits);
        var head = new RequestHead();
        var in = Unpooled.buffer();
        byte[] bytes = WireText.bytes(text);
        for (int[] piece : new int[][] {{0, cut}, {cut, bytes.length}}) {
            in.writeBytes(bytes, piece[0], piece[1] - piece[0]);
            var progress = buffer.collect(in);
            if (progress == HeadBuffer.Progress.COMPLETE) {
                in.writeBytes(bytes, piece[1], bytes.length - piece[1]);
                int refusal = parser.parse(buffer.bytes(), buffer.length(), head);
                return refusal == 0 ? described(head, parser, limits, in) : Integer.toString(refusal);
            }
            if (progress != HeadBuffer.Progress.INCOMPLETE) {
                return progress == HeadBuffer.Progress.TOO_LARGE ? "431" : "414";
            }
        }
        return "incomplete";
    }

    private static String described(RequestHead head, RequestParser parser, Http1Limits limits, ByteBuf in) {
        var fields = new StringBuilder();
        head.headers()
                .forEach((name, value) ->
                        fields.append(name).append('=').append(value).append(';'));
        return head.method() + " " + head.target() + " 1." + head.minorVersion() + " " + fields + " "
                + body(framing(parser.fields(), limits), in);
    }

    private static BodyReader framing(FieldLines fields, Http1Limits limits) {
        var body = new BodyReader(limits);
        if (fields.chunked()) {
            body.chunked();
        } else if (fields.contentLength() > 0) {
            body.length(fields.contentLength());
        }
        return body;
    }

    /** The body in this buffer, and how many bytes are left behind it. */
    static String body(BodyReader reader, ByteBuf in) {
        var body = new StringBuilder();
        while (true) {
            int part = reader.next(in);
            if (part == BodyReader.BAD) {
                return "bad body";
            }
            if (part == BodyReader.MORE) {
                return body + "...";
            }
            if (part == BodyReader.END) {
                reader.trailers()
                        .forEach((name, value) ->
                                body.append('|').append(name).append('=').append(value));
                return body + "+" + in.readableBytes();
            }
            body.append(in.readCharSequence(part, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    /** The head of the response in this text. */
    static String response(String text, int cut) {
        var buffer = new HeadBuffer(Http1Limits.DEFAULT.headBytes(), Http1Limits.DEFAULT.headBytes());
        var in = Unpooled.buffer();
        byte[] bytes = WireText.bytes(text);
        in.writeBytes(bytes, 0, cut);
        var progress = buffer.collect(in);
        if (progress == HeadBuffer.Progress.INCOMPLETE) {
            in.writeBytes(bytes, cut, bytes.length - cut);
            progress = buffer.collect(in);
        }
        if (progress != HeadBuffer.Progress.COMPLETE) {
            return progress.toString();
        }
        var parser = new ResponseParser(Http1Limits.DEFAULT);
        var head = new ResponseHead();
        if (!parser.parse(buffer.bytes(), buffer.length(), head)) {
            return "bad";
        }
        var fields = parser.fields();
        return head.status() + " " + head.reason() + " " + fields.contentLength() + " " + fields.chunked();
    }
}
