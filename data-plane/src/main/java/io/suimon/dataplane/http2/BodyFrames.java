package io.suimon.dataplane.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.suimon.dataplane.http1.BodyReader;
import io.suimon.dataplane.http1.FieldLines;
import io.suimon.dataplane.http1.KnownField;
import io.suimon.engine.http.Headers;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one message's frames: a head that waits to know whether anything follows, its body, and what is behind it. */
final class BodyFrames {

    /** So that a client that takes something of a body is seen to. */
    private static final int MAX_FRAME = 16 * 1024;

    private static final int DROPPED = 1 << KnownField.CONNECTION
            | 1 << KnownField.HOP_BY_HOP
            | 1 << KnownField.TRANSFER_ENCODING
            | 1 << KnownField.UPGRADE
            | 1 << KnownField.HOST;

    private final ChannelFutureListener taken = new ChannelFutureListener() {
        @Override
        public void operationComplete(ChannelFuture done) {
            framesTaken++;
        }
    };
    private @Nullable Http2Headers head;
    private @Nullable ChannelFuture last;
    private long framesWritten;
    private long framesTaken;
    private boolean ended;

    /** The fields of a message that mean something beyond one connection: names and values by turns. */
    static AsciiString[] fields(FieldLines lines, Headers from) {
        var fields = new AsciiString[2 * from.received()];
        int length = 0;
        for (int i = 0; i < from.received(); i++) {
            if ((DROPPED & 1 << lines.kind(i)) == 0) {
                fields[length++] = name(from, i);
                fields[length++] = value(from, i);
            }
        }
        return length == fields.length ? fields : Arrays.copyOf(fields, length);
    }

    private static AsciiString name(Headers from, int index) {
        return FieldNames.of(from.block(), from.nameStart(index), from.nameEnd(index));
    }

    /** A copy: what the peer is to remember of it (HPACK) must not keep the whole head. */
    private static AsciiString value(Headers from, int index) {
        int start = from.valueStart(index);
        return new AsciiString(from.block(), start, from.valueEnd(index) - start, true);
    }

    /** A head behind which more is to come, whatever it is. */
    void interim(ChannelHandlerContext context, Http2Headers headers) {
        write(context, new DefaultHttp2HeadersFrame(headers, false));
    }

    /** Holds the head until {@link #settle}, or until it is known what follows. */
    void head(Http2Headers headers) {
        head = headers;
    }

    /** Reads the body and writes it; with its last part goes that it is the last. Returns false when it is malformed. */
    boolean body(ChannelHandlerContext context, BodyReader reader, ByteBuf in) {
        ByteBuf held = null;
        while (!ended) {
            int part = reader.next(in);
            if (part == BodyReader.END) {
                end(context, reader.trailers(), held);
                return true;
            }
            if (held != null) {
                data(context, held, false);
            }
            if (part <= 0) {
                return part == BodyReader.MORE;
            }
            held = in.readRetainedSlice(part);
        }
        return true;
    }

    private void data(ChannelHandlerContext context, ByteBuf content, boolean last) {
        settle(context);
        while (content.readableBytes() > MAX_FRAME) {
            write(context, new DefaultHttp2DataFrame(content.readRetainedSlice(MAX_FRAME), false));
        }
        write(context, new DefaultHttp2DataFrame(content, last));
    }

    private void end(ChannelHandlerContext context, @Nullable Headers trailers, @Nullable ByteBuf held) {
        ended = true;
        if (held != null) {
            data(context, held, trailers == null);
        }
        if (trailers != null) {
            settle(context);
            var fields = new DefaultHttp2Headers(false);
            trailers.forEach((name, value) -> fields.add(name.toLowerCase(Locale.ROOT), value));
            write(context, new DefaultHttp2HeadersFrame(fields, true));
        } else if (head != null) {
            write(context, new DefaultHttp2HeadersFrame(head, true));
            head = null;
        } else if (held == null) {
            write(context, new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        }
    }

    /** Writes the head that waits. */
    void settle(ChannelHandlerContext context) {
        if (head != null) {
            write(context, new DefaultHttp2HeadersFrame(head, false));
            head = null;
        }
    }

    private void write(ChannelHandlerContext context, Object frame) {
        framesWritten++;
        last = context.write(frame).addListener(taken);
    }

    /** Whether frames wait to be taken by the peer. */
    boolean waiting() {
        return framesTaken < framesWritten;
    }

    /** How many frames the peer took so far. */
    long framesTaken() {
        return framesTaken;
    }

    /** Whether the message is complete. */
    boolean ended() {
        return ended;
    }

    /** When the frame written last is taken. */
    @Nullable
    ChannelFuture last() {
        return last;
    }
}
