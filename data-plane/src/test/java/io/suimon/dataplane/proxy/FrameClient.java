package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.suimon.process.TestPatience;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client, or a server, that sends exactly the frames of HTTP/2 that a test says, whether they make sense or not. */
final class FrameClient implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** One frame as it came; {@code text} is its fields, one a line, or its payload. */
    record Frame(int type, int flags, int stream, byte[] payload, String text) {

        boolean ends() {
            return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
        }

        int error() {
            int at = type == GO_AWAY ? 4 : 0;
            return Unpooled.wrappedBuffer(payload).getInt(at);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private @Nullable ByteArrayOutputStream held;
    private final DefaultHttp2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE);
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    FrameClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** The other side of a connection that exists: it may as well be a server. */
    FrameClient(Socket socket) throws IOException {
        this.socket = socket;
        try {
            decoder.configuration().maxHeaderTableSize(Integer.MAX_VALUE);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        socket.setSoTimeout(TestPatience.MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Says hello, with these settings as pairs of identifier and value. */
    static FrameClient greeting(int port, int... settings) throws IOException {
        return greeting(new Socket(InetAddress.getLoopbackAddress(), port), settings);
    }

    /** As {@link #greeting(int, int...)}, on a connection that exists. */
    static FrameClient greeting(Socket socket, int... settings) throws IOException {
        return new FrameClient(socket).bytes(Wire.bytes(PREFACE)).settings(settings);
    }

    /** Takes the preface of a client, and sends these settings, as pairs of identifier and value. */
    FrameClient welcome(int... settings) throws IOException {
        in.readNBytes(PREFACE.length());
        return settings(settings);
    }

    private FrameClient settings(int... settings) throws IOException {
        var payload = Unpooled.buffer();
        for (int i = 0; i < settings.length; i += 2) {
            payload.writeShort(settings[i]).writeInt(settings[i + 1]);
        }
        return frame(SETTINGS, 0, 0, ByteBufUtil.getBytes(payload));
    }

    void socketTimeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** What is sent until {@link #release} is held back until then, and leaves in one piece. */
    FrameClient hold() {
        held = new ByteArrayOutputStream();
        return this;
    }

    FrameClient release() throws IOException {
        byte[] bytes = Objects.requireNonNull(held).toByteArray();
        held = null;
        return bytes(bytes);
    }

    FrameClient bytes(byte[] bytes) throws IOException {
        var to = held == null ? out : held;
        to.write(bytes);
        to.flush();
        return this;
    }

    FrameClient frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = Unpooled.buffer();
        frame.writeMedium(payload.length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeBytes(payload);
        return bytes(ByteBufUtil.getBytes(frame));
    }

    byte[] block(int stream, String... fields) throws IOException {
        var headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers, block);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        return ByteBufUtil.getBytes(block);
    }

    FrameClient headers(int stream, boolean end, String... fields) throws IOException {
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(stream, fields));
    }

    /** A request with these fields behind the usual ones. */
    FrameClient request(int stream, boolean end, String method, String path, String... fields) throws IOException {
        var all = new ArrayList<>(List.of(":method", method, ":scheme", "http", ":authority", "a.b", ":path", path));
        all.addAll(List.of(fields));
        return headers(stream, end, all.toArray(String[]::new));
    }

    FrameClient data(int stream, boolean end, String text) throws IOException {
        return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    FrameClient grant(int stream, int bytes) throws IOException {
        return frame(WINDOW_UPDATE, 0, stream, number(bytes));
    }

    FrameClient reset(int stream) throws IOException {
        return reset(stream, 8);
    }

    FrameClient reset(int stream, int code) throws IOException {
        return frame(RESET, 0, stream, number(code));
    }

    FrameClient goAway(int last) throws IOException {
        return frame(GO_AWAY, 0, 0, ByteBufUtil.getBytes(Unpooled.copyInt(last, 0)));
    }

    static byte[] number(int value) {
        return ByteBufUtil.getBytes(Unpooled.copyInt(value));
    }

    /** The next frame; settings are acknowledged when they are read. */
    Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type == SETTINGS && (flags & ACK) == 0) {
            frame(SETTINGS, ACK, 0, new byte[0]);
        }
        return new Frame(type, flags, stream, payload, text(type, stream, payload));
    }

    private String text(int type, int stream, byte[] payload) throws IOException {
        if (type != HEADERS) {
            return Wire.text(payload);
        }
        var text = new StringBuilder();
        try {
            for (var field : decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload))) {
                text.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n');
            }
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        return text.toString();
    }

    /** The next frame of this type; others are dropped. */
    Frame next(int type) throws IOException {
        var frame = next();
        while (frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    /** All of a stream up to its end: heads as fields a line, data as it is. */
    String response(int stream) throws IOException {
        return responses(stream)[0];
    }

    /** As {@link #response}, of several streams whose frames come in any order. */
    String[] responses(int... streams) throws IOException {
        var texts = new LinkedHashMap<Integer, StringBuilder>();
        for (int stream : streams) {
            texts.put(stream, new StringBuilder());
        }
        var open = new HashSet<>(texts.keySet());
        while (!open.isEmpty()) {
            var frame = next();
            var text = texts.get(frame.stream());
            if (text != null && note(frame, text)) {
                open.remove(frame.stream());
            }
        }
        return texts.values().stream().map(StringBuilder::toString).toArray(String[]::new);
    }

    /** Returns whether it is the stream's last. */
    private static boolean note(Frame frame, StringBuilder text) {
        switch (frame.type()) {
            case RESET -> text.append("reset ").append(frame.error());
            case HEADERS -> text.append(frame.text());
            case DATA -> text.append(frame.payload().length == 0 ? "" : "[" + frame.text() + "]\n");
            default -> {
                return false;
            }
        }
        return frame.type() == RESET || frame.ends();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
