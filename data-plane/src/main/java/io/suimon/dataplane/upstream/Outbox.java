package io.suimon.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent on a connection: small parts are copied together into one buffer and leave in one write, large ones are passed
 * on as they are. The buffer stays for the next message unless it grew.
 *
 * <p>Touched on the connection's event loop only.
 */
public final class Outbox {

    /** Up to here copying is cheaper than one more buffer. */
    private static final int COPIED = 4096;

    private static final int SMALLEST = 512;

    /** What a connection holds on to while it is idle, at most. */
    private static final int KEPT = 1024;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final Channel channel;
    private final @Nullable DirectSocket socket;
    private @Nullable ByteBuf open;

    /** @param channel whose pipeline changes nothing on the way out, or encrypts it and says so from the beginning */
    public Outbox(Channel channel) {
        this.channel = channel;
        this.socket = DirectSocket.of(channel);
    }

    private ByteBuf room(int bytes) {
        var current = open;
        if (current == null) {
            current = channel.alloc().directBuffer(Math.max(SMALLEST, bytes));
            open = current;
        }
        return current;
    }

    /**
     * Sends a copy of these bytes.
     *
     * @param more how many bytes will likely follow at once
     */
    public void bytes(byte[] bytes, int from, int length, int more) {
        room(length + Math.min(more, COPIED)).writeBytes(bytes, from, length);
    }

    /** Sends a copy of these bytes. */
    public void bytes(byte[] bytes) {
        bytes(bytes, 0, bytes.length, 0);
    }

    /** Takes the next {@code length} bytes of a buffer and sends them. */
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline
    public void part(ByteBuf in, int length) {
        if (length <= COPIED) {
            room(length).writeBytes(in, length);
        } else {
            push();
            channel.write(in.readRetainedSlice(length), channel.voidPromise());
        }
    }

    /** As {@link #part}, as one chunk of a chunked body. */
    public void chunk(ByteBuf in, int length) {
        chunkSize(length);
        part(in, length);
        lineEnd();
    }

    /** Sends a copy of these bytes as one chunk of a chunked body; none is no chunk. */
    public void chunk(byte[] bytes) {
        if (bytes.length > 0) {
            chunkSize(bytes.length);
            bytes(bytes);
            lineEnd();
        }
    }

    private void chunkSize(int size) {
        var buffer = room(size + 16);
        int shift = 28;
        while (shift > 0 && size >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            buffer.writeByte(HEX[size >>> shift & 15]);
        }
        lineEnd();
    }

    private void lineEnd() {
        room(2).writeShort('\r' << 8 | '\n');
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline
    private void push() {
        var current = open;
        if (current != null && current.isReadable()) {
            open = null;
            channel.write(current, channel.voidPromise());
        }
    }

    /** Hands everything to the kernel. */
    public void flush() {
        var current = open;
        if (current == null || !current.isReadable() || socket == null || !socket.send(current)) {
            push();
            channel.flush();
        } else {
            rest();
        }
    }

    private void rest() {
        var sent = open;
        if (sent == null) {
            return; // The connection broke, and who was told of it discarded everything.
        }
        if (sent.capacity() > KEPT) {
            discard();
        } else {
            sent.clear();
        }
    }

    /** Where the channel is a stream of HTTP/2, says why it is about to be closed before its end. */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel is closed next
    public void reset(long code) {
        if (channel instanceof Http2StreamChannel) {
            channel.write(new DefaultHttp2ResetFrame(code), channel.newPromise());
        }
    }

    /** Closes the connection as no message ends: by a reset, and without the goodbye of TLS. */
    @SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
    public void breakOff() {
        var nextToSocket = channel.pipeline().firstContext();
        if (channel.isOpen() && nextToSocket != null) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            nextToSocket.close();
        }
    }

    /** Says that nothing follows, where the protocol below has a way to say so; done when all is with the kernel. */
    public ChannelFuture finish() {
        var tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    }

    /** Forgets what was not handed on. */
    public void discard() {
        var current = open;
        if (current != null) {
            open = null;
            current.release();
        }
    }
}
