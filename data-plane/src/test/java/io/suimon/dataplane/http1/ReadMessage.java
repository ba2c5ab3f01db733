package io.suimon.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.suimon.engine.http.RequestHead;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.text.WireText;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a message from pieces, as a connection does, and says in one line what it was. */
final class ReadMessage {

    private ReadMessage() {}

    /** The request in this text, whose bytes arrive in two pieces, cut at {@code cut}. */
    static String request(String text, int cut, Http1Limits limits) {
        return request(text, new int[] {cut}, limits);
    }

    /** The request in this text, whose bytes arrive in pieces. */
    static String request(String text, int[] cuts, Http1Limits limits) {
        var buffer = new HeadBuffer(limits.headBytes(), limits.lineBytes());
        var parser = new RequestParser(limits);
        var head = new RequestHead();
        return inPieces(WireText.bytes(text), cuts, buffer, () -> {
            int refusal = parser.parse(buffer.bytes(), buffer.length(), head);
            return refusal == 0
                    ? new Message(described(head) + " ", framing(parser.fields(), limits))
                    : new Message(Integer.toString(refusal), null);
        });
    }

    /** What a head was, and how to read on; a refusal where there is no reading on. */
    private record Message(String text, @Nullable BodyReader body) {}

    private static String inPieces(byte[] bytes, int[] cuts, HeadBuffer buffer, Supplier<Message> parse) {
        var in = Unpooled.buffer();
        var body = new StringBuilder();
        Message message = null;
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? Math.min(cuts[i], bytes.length) : bytes.length;
            in.writeBytes(bytes, from, to - from);
            from = to;
            if (message == null) {
                var progress = buffer.collect(in);
                if (progress == HeadBuffer.Progress.INCOMPLETE) {
                    continue;
                }
                if (progress != HeadBuffer.Progress.COMPLETE) {
                    return progress == HeadBuffer.Progress.TOO_LARGE ? "431" : "414";
                }
                message = parse.get();
            }
            var reader = message.body();
            if (reader == null) {
                return message.text();
            }
            int last = take(reader, in, body);
            if (last == BodyReader.BAD) {
                return message.text() + "bad body";
            }
            if (last == BodyReader.END) {
                return message.text() + body + trailers(reader) + "+" + (in.readableBytes() + bytes.length - from);
            }
        }
        return message == null ? "incomplete" : message.text() + body + "...";
    }

    private static String described(RequestHead head) {
        var fields = new StringBuilder();
        head.headers()
                .forEach((name, value) ->
                        fields.append(name).append('=').append(value).append(';'));
        return head.method() + " " + head.target() + " 1." + head.minorVersion() + " " + fields;
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

    private static int take(BodyReader reader, ByteBuf in, StringBuilder body) {
        while (true) {
            int part = reader.next(in);
            if (part <= 0 && (part != BodyReader.MORE || !in.isReadable())) {
                return part;
            }
            body.append(in.readCharSequence(part, StandardCharsets.ISO_8859_1));
        }
    }

    private static String trailers(BodyReader reader) {
        var trailers = new StringBuilder();
        var fields = reader.trailers();
        if (fields != null) {
            fields.forEach((name, value) ->
                    trailers.append('|').append(name).append('=').append(value));
        }
        return trailers.toString();
    }

    /** The body in this buffer, and how many bytes are left behind it. */
    static String body(BodyReader reader, ByteBuf in) {
        var body = new StringBuilder();
        return switch (take(reader, in, body)) {
            case BodyReader.BAD -> "bad body";
            case BodyReader.MORE -> body + "...";
            default -> body + trailers(reader) + "+" + in.readableBytes();
        };
    }

    /** The response in this text to a GET, with its body, whose bytes arrive in pieces. */
    static String response(String text, int[] cuts) {
        var limits = Http1Limits.DEFAULT;
        var buffer = new HeadBuffer(limits.headBytes(), limits.headBytes());
        var parser = new ResponseParser(limits);
        var head = new ResponseHead();
        return inPieces(WireText.bytes(text), cuts, buffer, () -> {
            if (!parser.parse(buffer.bytes(), buffer.length(), head)) {
                return new Message("bad", null);
            }
            return new Message(head.status() + " " + head.reason() + " ", framing(parser.fields(), limits));
        });
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
