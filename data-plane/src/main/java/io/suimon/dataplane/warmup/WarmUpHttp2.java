package io.suimon.dataplane.warmup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A client's connection of HTTP/2 (RFC 9113), without TLS: what it asks is fixed, so that it needs no more of HPACK (RFC 7541) than bytes
 * that were written down. Used by one thread.
 */
final class WarmUpHttp2 implements AutoCloseable {

    private static final int ANSWER_MILLIS = 2000;
    private static final int FILTERED_EACH = 8;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** Huffman-coded, as clients do: {@code www.example.com} of RFC 7541, C.4.1. */
    private static final String HOST = "8cf1e3c2e5f23a6ba0ab90f4ff";

    private static final int PSEUDO = 0x82_86; // GET, http

    /** Fields that are to be remembered: of the first request. */
    private static final byte[] FIRST = HexFormat.of()
            .parseHex(Integer.toHexString(PSEUDO) + "44" + text("/warm") + "41" + HOST + "7a" + text("suimon") + "53"
                    + text("*/*"));

    /** Those that were remembered. */
    private static final byte[] LATER = HexFormat.of().parseHex(Integer.toHexString(PSEUDO) + "c1c0bfbe");

    /** Some that were, and some that are not to be. */
    private static final byte[] FILTERED =
            HexFormat.of().parseHex(Integer.toHexString(PSEUDO) + "04" + text("/filtered/warm") + "01" + HOST + "bfbe");

    /** The status 200, of the static table. */
    private static final byte OK = (byte) 0x88;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int requests;

    private WarmUpHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static WarmUpHttp2 connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS);
        var connection = new WarmUpHttp2(socket);
        connection.out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        connection.frame(SETTINGS, 0, 0, new byte[0]);
        // Far more than all answers take.
        connection.frame(
                WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1 << 24).array());
        return connection;
    }

    /** Begins so many streams, in one write. */
    void send(int streams) throws IOException {
        for (int i = 0; i < streams; i++) {
            var head = requests == 0 ? FIRST : requests % FILTERED_EACH == 0 ? FILTERED : LATER;
            frame(HEADERS, END_STREAM | END_HEADERS, 2 * requests++ + 1, head);
        }
        flush();
    }

    /** Takes so many answers, whichever they are of. */
    void awaitAnswers(int streams) throws IOException {
        int left = streams;
        while (left > 0) {
            int lengthAndType = in.readInt();
            int flags = in.readUnsignedByte();
            in.readInt();
            var payload = in.readNBytes(lengthAndType >>> 8);
            int type = lengthAndType & 0xff;
            if (type == RESET || (type == HEADERS && (payload.length == 0 || payload[0] != OK))) {
                throw new IOException("a warm-up request was not answered");
            }
            if (type == SETTINGS && flags != ACK) {
                frame(SETTINGS, ACK, 0, new byte[0]);
                flush();
            } else if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                left--;
            }
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        out.writeBytes(ByteBuffer.allocate(9)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        out.writeBytes(payload);
    }

    private void flush() throws IOException {
        out.writeTo(socket.getOutputStream());
        out.reset();
    }

    private static String text(String value) {
        return HexFormat.of().toHexDigits((byte) value.length())
                + HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
