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

    /** The fields of a message that mean something beyond one connection. */
    static void copy(FieldLines lines, Headers from, Http2Headers to) {
        for (int i = 0; i < from.received(); i++) {
            if ((DROPPED & 1 << lines.kind(i)) == 0) {
                to.add(name(from, i), value(from, i));
            }
        }
    }

    private static AsciiString name(Headers from, int index) {
        byte[] name = Arrays.copyOfRange(from.block(), from.nameStart(index), from.nameEnd(index));
        for (int i = 0; i < name.length; i++) {
            if (name[i] >= 'A' && name[i] <= 'Z') {
                name[i] = (byte) (name[i] | 0x20);
            }
        }
        return new AsciiString(name, false);
    }

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

    /** Reads the body and writes it. Returns false when it is malformed. */
    boolean body(ChannelHandlerContext context, BodyReader reader, ByteBuf in) {
        while (!ended) {
            int part = reader.next(in);
            if (part > 0) {
                settle(context);
                data(context, in, part);
            } else if (part == BodyReader.END) {
                end(context, reader.trailers());
            } else {
                return part == BodyReader.MORE;
            }
        }
        return true;
    }

    private void data(ChannelHandlerContext context, ByteBuf in, int length) {
        for (int left = length; left > 0; left -= Math.min(left, MAX_FRAME)) {
            write(context, new DefaultHttp2DataFrame(in.readRetainedSlice(Math.min(left, MAX_FRAME)), false));
        }
    }

    private void end(ChannelHandlerContext context, @Nullable Headers trailers) {
        ended = true;
        if (trailers != null) {
            settle(context);
            var fields = new DefaultHttp2Headers(false);
            trailers.forEach((name, value) -> fields.add(name.toLowerCase(Locale.ROOT), value));
            write(context, new DefaultHttp2HeadersFrame(fields, true));
        } else if (head != null) {
            write(context, new DefaultHttp2HeadersFrame(head, true));
            head = null;
        } else {
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
